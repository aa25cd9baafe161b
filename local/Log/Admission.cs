namespace ClickFuncs.Local.Log;

/// <summary>Whether an append may come in: the limits on what waits for the disk, and the reason why nothing may. Used under the
/// queue's lock.</summary>
internal sealed class Admission(SegmentLogOptions options, TimeProvider time)
{
    private static readonly Refusal ShuttingDown = new("The log is shutting down.", Cause: null, RetryAt: null);
    private Refusal? _refusal;
    private int _pendingRecords;
    private long _pendingBytes;

    /// <summary>Whether the log is shutting down.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Why nothing may come in now; null when appends are welcome, or when it is time to try a failed disk again.</summary>
    public Refusal? RefusalNow()
    {
        if (IsStopped)
            return ShuttingDown;
        return _refusal is null || time.GetTimestamp() >= _refusal.RetryAt ? null : _refusal;
    }

    /// <summary>Counts a record in; false when the limits are reached.</summary>
    public bool TryEnter(int recordLength)
    {
        if (_pendingRecords >= options.MaxPendingRecords || _pendingBytes + recordLength > options.MaxPendingBytes)
            return false;
        _pendingRecords++;
        _pendingBytes += recordLength + LogFormat.RecordPrefix;
        return true;
    }

    /// <summary>Counts the records of a settled group out.</summary>
    public void Leave(RecordGroup settled)
    {
        _pendingRecords -= settled.RecordCount;
        _pendingBytes -= settled.ByteCount;
    }

    /// <summary>Sets or, with null, lifts the reason why nothing may come in.</summary>
    public void Refuse(Refusal? refusal) => _refusal = refusal;

    /// <summary>Nothing comes in any more.</summary>
    public void Stop() => IsStopped = true;
}
