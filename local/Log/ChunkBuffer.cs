using System.Buffers.Binary;

namespace ClickFuncs.Local.Log;

/// <summary>A chunk in the making: records of one partition, as they will lie on disk. Its memory is kept for the next group.</summary>
internal sealed class ChunkBuffer
{
    private byte[] _bytes = [];

    /// <summary>Partition of the records.</summary>
    public int Partition { get; private set; }

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes used.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes to write.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Starts over, for a first record of <paramref name="recordLength"/> bytes.</summary>
    public void Start(int partition, int recordLength)
    {
        (Partition, Count, Length) = (partition, 0, 0);
        var needed = Math.Max(LogFormat.ChunkBytes, recordLength + LogFormat.RecordPrefix);
        if (_bytes.Length < needed)
            _bytes = new byte[needed];
    }

    /// <summary>Copies a record in; false when it does not fit any more.</summary>
    public bool TryAdd(ReadOnlySpan<byte> record)
    {
        var target = _bytes.AsSpan(Length);
        if (target.Length < record.Length + LogFormat.RecordPrefix)
            return false;
        BinaryPrimitives.WriteInt32LittleEndian(target, record.Length);
        record.CopyTo(target[LogFormat.RecordPrefix..]);
        Length += record.Length + LogFormat.RecordPrefix;
        Count++;
        return true;
    }

    /// <summary>Gives memory back that only an unusually long record needed.</summary>
    public void Trim()
    {
        if (_bytes.Length > LogFormat.ChunkBytes)
            _bytes = [];
    }
}
