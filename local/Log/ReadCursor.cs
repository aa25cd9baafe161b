using System.Buffers.Binary;
using ClickFuncs.Local.Storage;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Walks one partition forward through the segments. It keeps its place and a window of the file, so that reading on costs no
/// search, and a chunk is verified once. Not thread-safe.
/// </summary>
internal sealed class ReadCursor(int partition, SegmentCatalog catalog)
{
    private const int SmallBlock = 32 * 1024;
    private const int WideReadAhead = 256 * 1024;
    private const int NarrowReadAhead = 4 * 1024;
    private readonly BlockReader _blocks = new();
    private Segment? _segment;
    private int _chunk;
    private bool _chunkVerified;
    private int _positionInChunk;

    /// <summary>The record it stands at.</summary>
    public long Sequence { get; private set; } = -1;

    /// <summary>Fills the batch from <paramref name="from"/> on.</summary>
    /// <param name="from">At least the first retained sequence and below <paramref name="next"/>.</param>
    /// <param name="next">Everything below is durable.</param>
    /// <param name="maxBytes">Stop at about this many bytes, after one record at the earliest.</param>
    /// <param name="batch">Empty.</param>
    public void Read(long from, long next, int maxBytes, RecordBatch batch)
    {
        try
        {
            if (_segment is null || from != Sequence)
                Seek(from);
            while (Sequence < next && batch.ByteCount < maxBytes)
                CopyRun(batch, maxBytes, FindChunk());
        }
        catch
        {
            _segment = null;
            throw;
        }
    }

    private void Seek(long from)
    {
        var segment = catalog.Find(partition, from)
            ?? throw Gap(from);
        OpenBlock(segment, segment.GetIndex().Locate(partition, from));
        Sequence = from;
    }

    /// <summary>The verified chunk that holds the record at the cursor, going to later blocks and segments as needed.</summary>
    private ReadOnlySpan<byte> FindChunk()
    {
        while (true)
        {
            for (; _chunk < _blocks.Chunks.Length; _chunk++)
            {
                ref readonly var chunk = ref _blocks.Chunks[_chunk];
                if (chunk.Partition != partition || chunk.NextSequence <= Sequence)
                    continue;
                if (!_chunkVerified)
                    EnterChunk(chunk);
                return _blocks.GetChunk(chunk);
            }

            OpenNextBlock();
        }
    }

    private void EnterChunk(in ChunkEntry chunk)
    {
        if (chunk.FirstSequence > Sequence)
            throw Sequence < catalog.FirstSequence(partition) ? Gap(Sequence) : Corrupt(FormattableString.Invariant($"partition {partition} continues with sequence {chunk.FirstSequence} where {Sequence} belongs"));
        var bytes = _blocks.GetChunk(chunk);
        if (Crc32C.Of(bytes) != chunk.Checksum)
            throw Corrupt(FormattableString.Invariant($"the checksum of the records at offset {_blocks.Offset + chunk.Offset} does not match"));
        _positionInChunk = 0;
        for (var skipped = chunk.FirstSequence; skipped < Sequence; skipped++)
            _positionInChunk += LogFormat.RecordPrefix + RecordLength(bytes, _positionInChunk);
        _chunkVerified = true;
    }

    /// <summary>Copies records of the chunk in one go until it ends or the batch is full.</summary>
    private void CopyRun(RecordBatch batch, int maxBytes, ReadOnlySpan<byte> chunk)
    {
        var start = _positionInChunk;
        var target = batch.ByteCount;
        var at = start;
        do
        {
            var length = RecordLength(chunk, at);
            at += LogFormat.RecordPrefix;
            batch.AddEntry(Sequence++, _blocks.Header.ArrivalMs, target + at - start, length);
            at += length;
        }
        while (at < chunk.Length && target + at - start < maxBytes);

        chunk[start..at].CopyTo(batch.Reserve(at - start));
        _positionInChunk = at;
        if (at == chunk.Length)
        {
            _chunk++;
            _chunkVerified = false;
        }
    }

    private int RecordLength(ReadOnlySpan<byte> chunk, int at)
    {
        var room = chunk.Length - at - LogFormat.RecordPrefix;
        var length = room < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(chunk[at..]);
        return length >= 0 && length <= room ? length : throw Corrupt("the records of a chunk don't add up");
    }

    private void OpenNextBlock()
    {
        var (segment, offset) = (_segment!, _blocks.NextOffset);
        if (offset == segment.DurableLength)
        {
            segment = catalog.After(segment) ?? throw Corrupt(FormattableString.Invariant(
                $"the file ends before sequence {Sequence} of partition {partition}"));
            offset = segment.Header.Length;
        }

        OpenBlock(segment, offset);
    }

    private void OpenBlock(Segment segment, long offset)
    {
        if (segment != _segment)
            _blocks.Open(segment.OpenFile(), segment.Path, segment.Header);
        _segment = segment;
        (_chunk, _chunkVerified) = (0, false);
        // Small blocks: many at once. Large ones: the head only, most of the block belongs to other partitions.
        _blocks.ReadAhead = _blocks.Header.Length <= SmallBlock ? WideReadAhead : NarrowReadAhead;
        if (_blocks.ReadHead(offset, segment.DurableLength) is { } fault)
            throw Corrupt(fault, offset);
    }

    private LogGapException Gap(long sequence) => new(FormattableString.Invariant(
        $"Sequence {sequence} of partition {partition} is not retained any more; the oldest is {catalog.FirstSequence(partition)}."));

    private LogCorruptException Corrupt(string what) => Corrupt(what, _blocks.Offset);

    private LogCorruptException Corrupt(string what, long offset) => new(FormattableString.Invariant(
        $"Log segment {_segment!.Path} is damaged at offset {offset}: {what}. Nothing is skipped; restore the file from a copy."));
}
