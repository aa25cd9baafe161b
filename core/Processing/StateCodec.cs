using System.Buffers;
using System.Runtime.InteropServices;
using ClickFuncs.Dedup;
using ClickFuncs.Events;
using ClickFuncs.State;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>
/// The stored form of a partition's state. A delta and a snapshot look the same: header (format, newest event time,
/// end of the closed windows, counters), runs of remembered ids closed by an empty run, then one section per window. A section names its minute, how
/// many cells the reader must know already, and the cells that changed; a cell that is new carries its key. In a snapshot
/// every cell is new. Last come, since format 2, the signals of the clicks that the second stage is to hear of; a snapshot has none. Numbers are little-endian base-128 varints, ids are two little-endian words.
/// </summary>
internal static class StateCodec
{
    /// <summary>Format written. Readers take this and all earlier ones: 2 added the signals, 3 the invalid clicks and those over budget to a cell, 4 the reason to the keys of invalid clicks.</summary>
    public const byte Format = 4;

    public static void WriteHeader(IBufferWriter<byte> writer, long maxEventTimeMs, long closedThroughMs, in PartitionCounters counters)
    {
        writer.Write([Format]);
        WriteTime(writer, maxEventTimeMs);
        WriteTime(writer, closedThroughMs);
        WriteVarint(writer, (ulong)counters.Read);
        WriteVarint(writer, (ulong)counters.Accepted);
        WriteVarint(writer, (ulong)counters.Duplicates);
        WriteVarint(writer, (ulong)counters.LateDropped);
        WriteVarint(writer, (ulong)counters.Quarantined);
        WriteVarint(writer, (ulong)counters.NonClicks);
        WriteVarint(writer, (ulong)counters.Invalid);
    }

    public static void WriteIds(IBufferWriter<byte> writer, ReadOnlySpan<DedupEntry> ids)
    {
        WriteVarint(writer, (ulong)ids.Length);
        writer.Write(MemoryMarshal.AsBytes(ids));
    }

    /// <summary>
    /// Writes the cells with these numbers, in this order, and hands them to <paramref name="rows"/> as well; numbers from
    /// <paramref name="known"/> on must ascend and carry their key.
    /// </summary>
    public static void WriteSection(
        IBufferWriter<byte> writer, WindowSlice slice, int known, ReadOnlySpan<int> cells, WindowRowSet? rows)
    {
        WriteVarint(writer, (ulong)slice.Minute);
        WriteVarint(writer, (ulong)known);
        WriteVarint(writer, (ulong)cells.Length);
        var startMs = slice.Minute * WatermarkRule.WindowMs;
        for (var i = 0; i < cells.Length; i++)
        {
            // Cells changed in random order: have a few on their way from memory.
            if (i + 8 < cells.Length)
                slice.PrefetchCell(cells[i + 8]);
            if (i + 4 < cells.Length)
                slice.PrefetchKey(cells[i + 4]);
            var number = cells[i];
            var key = slice.GetKey(number);
            var span = writer.GetSpan(96 + key.Length);
            var at = Varint(span, 0, (ulong)number);
            if (number >= known)
            {
                at = Varint(span, at, (ulong)key.Length);
                key.CopyTo(span[at..]);
                at += key.Length;
            }

            ref var metrics = ref slice[number].Metrics;
            at = Varint(span, at, (ulong)metrics.Impressions);
            at = Varint(span, at, (ulong)metrics.RawClicks);
            at = Varint(span, at, (ulong)metrics.Clicks);
            at = Varint(span, at, (ulong)metrics.Conversions);
            at = Varint(span, at, (ulong)metrics.SpendMicros);
            at = Varint(span, at, (ulong)metrics.InvalidClicks);
            at = Varint(span, at, (ulong)metrics.OverBudgetClicks);
            writer.Advance(at);
            rows?.Add(startMs, key, metrics);
        }
    }

    public static void WriteSignals(IBufferWriter<byte> writer, ReadOnlySpan<ClickSignal> signals)
    {
        WriteVarint(writer, (ulong)signals.Length);
        writer.Write(MemoryMarshal.AsBytes(signals));
    }

    public static void WriteVarint(IBufferWriter<byte> writer, ulong value) =>
        writer.Advance(Varint(writer.GetSpan(10), 0, value));

    // Zero stands for "before the first event"; no event is that old.
    private static void WriteTime(IBufferWriter<byte> writer, long timeMs) =>
        WriteVarint(writer, timeMs == long.MinValue ? 0 : (ulong)timeMs);

    private static int Varint(Span<byte> target, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
        return at;
    }
}

/// <summary>Reads what <see cref="StateCodec"/> wrote; anything unexpected is a <see cref="StateCorruptException"/>.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private WireReader _reader = new(bytes);
    private int _skipped;
    private byte _format;

    private readonly int Position => _reader.Position + _skipped;

    public void ReadHeader(out long maxEventTimeMs, out long closedThroughMs, out PartitionCounters counters)
    {
        var format = _bytes.IsEmpty ? (byte)0 : _bytes[0];
        if (format is 0 or > StateCodec.Format)
            throw new StateCorruptException(
                $"Stored state has format {format}; this version reads formats 1 to {StateCodec.Format}. Run the newer version that wrote it.");
        _format = format;
        Skip(1);
        maxEventTimeMs = ReadTime();
        closedThroughMs = ReadTime();
        counters = new PartitionCounters
        {
            Read = ReadInt64(),
            Accepted = ReadInt64(),
            Duplicates = ReadInt64(),
            LateDropped = ReadInt64(),
            Quarantined = ReadInt64(),
            NonClicks = ReadInt64(),
            Invalid = ReadInt64(),
        };
    }

    /// <summary>The next run of ids; an empty one is the last.</summary>
    public ReadOnlySpan<DedupEntry> ReadIds() => MemoryMarshal.Cast<byte, DedupEntry>(ReadBytes(checked(ReadInt32() * 16)));

    /// <summary>The signals at the end.</summary>
    public ReadOnlySpan<ClickSignal> ReadSignals() =>
        _format < 2 ? [] : MemoryMarshal.Cast<byte, ClickSignal>(ReadBytes(checked(ReadInt32() * 16)));

    public WindowMetrics ReadMetrics() => new()
    {
        Impressions = ReadInt64(),
        RawClicks = ReadInt64(),
        Clicks = ReadInt64(),
        Conversions = ReadInt64(),
        SpendMicros = ReadInt64(),
        InvalidClicks = _format >= 3 ? ReadInt64() : 0,
        OverBudgetClicks = _format >= 3 ? ReadInt64() : 0,
    };

    public ReadOnlySpan<byte> ReadKey() => ReadBytes(ReadInt32());

    public int ReadInt32() => checked((int)ReadInt64());

    public long ReadInt64() => _reader.TryReadVarint(out var value) ? checked((long)value) : throw CutShort();

    public readonly void ExpectEnd()
    {
        if (!_reader.AtEnd)
            throw new StateCorruptException($"Stored state goes on after its end, at byte {Position} of {_bytes.Length}.");
    }

    private long ReadTime() => ReadInt64() is var time and not 0 ? time : long.MinValue;

    private ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > _bytes.Length - Position)
            throw CutShort();
        var bytes = _bytes.Slice(Position, count);
        Skip(count);
        return bytes;
    }

    // WireReader keeps its place in a span of its own: skipping bytes is going on with a new one behind them.
    private void Skip(int count)
    {
        _skipped = Position + count;
        _reader = new WireReader(_bytes[_skipped..]);
    }

    private readonly StateCorruptException CutShort() =>
        new($"Stored state is cut short at byte {Position} of {_bytes.Length}.");
}
