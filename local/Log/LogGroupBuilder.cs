using ClickFuncs.Events;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Records of a bulk producer that become durable together, in one block, or not at all. Made by <see cref="SegmentLog.CreateGroup"/>.
/// Reuse it: a producer that fills one builder while another is being written keeps the disk busy. Not thread-safe.
/// </summary>
internal sealed class LogGroupBuilder(int partitionCount)
{
    private const int KeepChunks = 1024;
    private readonly RecordGroup _group = new(partitionCount, KeepChunks);
    private bool _inFlight;

    /// <summary>Number of records.</summary>
    public int RecordCount => _group.RecordCount;

    /// <summary>Bytes they take in the log.</summary>
    public long ByteCount => _group.ByteCount;

    /// <summary>Written with the group; see <see cref="SegmentLog.TryFindLastTag"/>.</summary>
    public ProducerTag? Tag
    {
        get => _group.Tag;
        set
        {
            ThrowIfInFlight();
            _group.Tag = value;
        }
    }

    /// <summary>Copies a record in, for the partition of its fingerprint.</summary>
    public void Add(Fingerprint id, ReadOnlySpan<byte> record) => Add(id.Partition(partitionCount), record);

    /// <summary>Copies a record in. Records of a partition keep the order in which they are added.</summary>
    /// <exception cref="InvalidOperationException">The group is being written, or would be larger than a block may be.</exception>
    public void Add(int partition, ReadOnlySpan<byte> record)
    {
        ThrowIfInFlight();
        _group.Add(partition, record);
    }

    /// <summary>Forgets the records and the tag.</summary>
    public void Clear()
    {
        ThrowIfInFlight();
        _group.Clear();
    }

    /// <summary>Hands the records to the log until <see cref="GiveBack"/>.</summary>
    internal RecordGroup Lend()
    {
        ThrowIfInFlight();
        _inFlight = true;
        return _group;
    }

    /// <summary>The log is done: the group is empty again if it was committed, else as it was, for another attempt.</summary>
    internal void GiveBack(bool committed)
    {
        _inFlight = false;
        if (committed)
            _group.Clear();
    }

    private void ThrowIfInFlight()
    {
        if (_inFlight)
            throw new InvalidOperationException("The group is being written; use another builder meanwhile.");
    }
}
