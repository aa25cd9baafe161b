// An independent Avro implementation at the other end. One record is one line of JSON, long, double, string and bytes under their names:
//   node avsc.mjs read FILE                 prints the codec, then the records
//   node avsc.mjs write FILE CODEC SCHEMA   writes the records it gets on standard input, a few to a block
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import avro from 'avsc';

const [verb, file, codec, schema] = process.argv.slice(2);

const toJson = (_, value) =>
    value?.type === 'Buffer' ? { hex: Buffer.from(value.data).toString('hex').toUpperCase() } : value;
const fromJson = (_, value) => (typeof value?.hex === 'string' ? Buffer.from(value.hex, 'hex') : value);

if (verb === 'read') {
    const decoder = new avro.streams.BlockDecoder({ parseHook: schema => avro.Type.forSchema(schema, { wrapUnions: true }) });
    decoder.on('metadata', (_, used) => console.log(used));
    decoder.on('data', record => console.log(JSON.stringify(record, toJson)));
    await pipeline(createReadStream(file), decoder);
} else if (verb === 'write') {
    const type = avro.Type.forSchema(JSON.parse(schema), { wrapUnions: true });
    const encoder = new avro.streams.BlockEncoder(type, { codec, blockSize: 200 });
    const written = pipeline(encoder, createWriteStream(file));
    for await (const line of createInterface({ input: process.stdin }))
        encoder.write(JSON.parse(line, fromJson));
    encoder.end();
    await written;
} else {
    throw new Error(`'${verb}' is not a verb; 'read' and 'write' are.`);
}
