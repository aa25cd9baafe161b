// Counts events a second time, from the same NDJSON file, with nothing of the product's: plain maps and sets, one pass in
// file order. The product's answer must equal this one.
//
//   node independent-count.mjs FILE... [--group-by ad_id,device] [--partitions P] [--out-of-orderness-s 30] [--lateness-s 900]
//   node independent-count.mjs --self-test
//
// Rules, as the billing policy states them:
//   - identity is (type, click_id); an identity seen before is a duplicate, and only a raw click, if it is a click;
//   - the watermark of a partition is its highest event time so far, this event's included, less the out-of-orderness;
//   - a window is closed once the watermark reaches its last millisecond plus the lateness; what comes for a closed window
//     is late: a new event is dropped (its identity stays seen), a duplicate is no longer counted as a raw click.
//   - a click that its line calls invalid is not billed, nor is one over budget; each is counted apart, invalid first.
// Not modelled: verdicts by user agent and address (files give neither), the dedup horizon (files span less than it), clock checks, and field limits beyond presence.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { checkSipHash, partitionOf } from './siphash.mjs';

const MINUTE = 60_000;
const REQUIRED = ['click_id', 'ad_id', 'campaign_id', 'advertiser_id', 'event_time'];
const TYPES = ['click', 'impression', 'conversion'];

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    'group-by': { type: 'string', default: '' },
    partitions: { type: 'string', default: '1' },
    'out-of-orderness-s': { type: 'string', default: '30' },
    'lateness-s': { type: 'string', default: '900' },
    'self-test': { type: 'boolean', default: false },
  },
});

checkSipHash();
if (options['self-test']) {
  console.log('ok');
  process.exit(0);
}
if (files.length === 0) throw new Error('Which file? See the head of this script.');

const groupBy = options['group-by'].split(',').filter(Boolean);
const outOfOrderness = Number(options['out-of-orderness-s']) * 1000;
const lateness = Number(options['lateness-s']) * 1000;
const partitions = Array.from({ length: Number(options.partitions) }, () => ({ read: 0, seen: new Set(), newest: -Infinity }));
const summary = { read: 0, accepted: 0, duplicates: 0, late_dropped: 0, malformed: 0, invalid: 0 };
const rows = new Map();

function parse(line) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    return null;
  }
  if (event === null || typeof event !== 'object') return null;
  event.type ??= 'click';
  event.time = typeof event.event_time === 'number' ? event.event_time : Date.parse(event.event_time);
  const isWhole = REQUIRED.every((field) => event[field]) && TYPES.includes(event.type) && Number.isSafeInteger(event.time);
  return isWhole ? event : null;
}

function rowOf(event, minute) {
  const key = [minute, ...groupBy.map((field) => event[field] ?? '')].join('\u0000');
  let row = rows.get(key);
  if (!row) {
    row = { key, minute, groups: groupBy.map((field) => event[field] ?? ''), impressions: 0, raw_clicks: 0, clicks: 0, conversions: 0, spend: 0n, invalid_clicks: 0, over_budget_clicks: 0 };
    rows.set(key, row);
  }
  return row;
}

function count(event) {
  const partition = partitions[partitions.length === 1 ? 0 : partitionOf(event.type, event.click_id, partitions.length)];
  const minute = Math.floor(event.time / MINUTE) * MINUTE;
  partition.read++;
  partition.newest = Math.max(partition.newest, event.time);
  const isClosed = partition.newest - outOfOrderness >= minute + MINUTE - 1 + lateness;

  const identity = `${event.type} ${event.click_id}`;
  const isDuplicate = partition.seen.has(identity);
  partition.seen.add(identity);
  if (isDuplicate) summary.duplicates++;
  else if (isClosed) summary.late_dropped++;
  else if (event.type === 'click' && event.verdict === 'invalid') summary.invalid++;
  else summary.accepted++;
  if (isClosed || (isDuplicate && event.type !== 'click')) return;

  const row = rowOf(event, minute);
  if (event.type === 'click') row.raw_clicks++;
  if (isDuplicate) return;
  if (event.type === 'impression') row.impressions++;
  if (event.type === 'conversion') row.conversions++;
  if (event.type !== 'click') return;
  if (event.verdict === 'invalid') row.invalid_clicks++;
  else if (event.over_budget === true) row.over_budget_clicks++;
  else {
    row.clicks++;
    row.spend += BigInt(event.cost_micros ?? 0);
  }
}

for (const file of files) {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    summary.read++;
    const event = parse(line);
    if (event) count(event);
    else summary.malformed++;
  }
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = [...rows.values()].sort((a, b) => a.minute - b.minute || compare(a.key, b.key));
process.stdout.write(JSON.stringify({
  summary,
  partitions: partitions.map((partition) => partition.read),
  rows: sorted.map((row) => ({
    minute: new Date(row.minute).toISOString(),
    ...Object.fromEntries(groupBy.map((field, i) => [field, row.groups[i]])),
    impressions: row.impressions,
    raw_clicks: row.raw_clicks,
    clicks: row.clicks,
    conversions: row.conversions,
    // As text: the sum may exceed what a JSON number holds exactly.
    spend_micros: row.spend.toString(),
    invalid_clicks: row.invalid_clicks,
    over_budget_clicks: row.over_budget_clicks,
  })),
}) + '\n');
