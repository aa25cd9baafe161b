using System.Runtime.CompilerServices;

namespace ClickFuncs.Log;

/// <summary>
/// Consecutive records of one partition in one buffer, reused from read to read so that reading allocates nothing.
/// Not thread-safe.
/// </summary>
public sealed class RecordBatch
{
    private byte[] _bytes = new byte[64 * 1024];
    private RecordEntry[] _entries = new RecordEntry[1024];

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all records together.</summary>
    public int ByteCount { get; private set; }

    /// <summary>Sequence, arrival time and place of each record.</summary>
    public ReadOnlySpan<RecordEntry> Entries => _entries.AsSpan(0, Count);

    /// <summary>The buffer that <see cref="RecordEntry.Offset"/> points into.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, ByteCount);

    /// <summary>The encoded event at <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> GetRecord(int index)
    {
        var entry = _entries[index];
        return _bytes.AsSpan(entry.Offset, entry.Length);
    }

    /// <summary>Forgets the records, keeps the memory.</summary>
    public void Clear() => (Count, ByteCount) = (0, 0);

    /// <summary>Copies one record in.</summary>
    /// <param name="sequence">Its sequence number; callers add in ascending order.</param>
    /// <param name="arrivalMs">When the log accepted it, milliseconds since the Unix epoch.</param>
    /// <param name="record">The encoded event.</param>
    public void Add(long sequence, long arrivalMs, ReadOnlySpan<byte> record)
    {
        var offset = ByteCount;
        record.CopyTo(Reserve(record.Length));
        AddEntry(sequence, arrivalMs, offset, record.Length);
    }

    /// <summary>Grows the buffer by <paramref name="length"/> bytes and returns them for a reader to fill; pair it with
    /// <see cref="AddEntry"/>. Spans taken earlier are invalid afterwards.</summary>
    public Span<byte> Reserve(int length)
    {
        var offset = ByteCount;
        ByteCount = checked(offset + length);
        if (ByteCount > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(ByteCount, (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        return _bytes.AsSpan(offset, length);
    }

    /// <summary>Declares a record that lies at <paramref name="offset"/> of the buffer.</summary>
    public void AddEntry(long sequence, long arrivalMs, int offset, int length)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new RecordEntry(sequence, arrivalMs, offset, length);
    }
}

/// <summary>One record of a <see cref="RecordBatch"/>.</summary>
/// <param name="Sequence">Its sequence number in the partition.</param>
/// <param name="ArrivalMs">When the log accepted it, milliseconds since the Unix epoch.</param>
/// <param name="Offset">Where it starts in <see cref="RecordBatch.Bytes"/>.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct RecordEntry(long Sequence, long ArrivalMs, int Offset, int Length);
