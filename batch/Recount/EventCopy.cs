namespace ClickFuncs.Batch.Recount;

/// <summary>One of several records with the same type and id, as much of it as it takes to say which of them count.</summary>
/// <param name="Partition">Partition of the log.</param>
/// <param name="Sequence">Sequence number.</param>
/// <param name="EventTimeMs">Event time.</param>
/// <param name="StreamTimeMs">Stream time of its partition when the stream came to it.</param>
/// <param name="Fate">Whether the stream came to it at all.</param>
internal readonly record struct EventCopy(int Partition, long Sequence, long EventTimeMs, long StreamTimeMs, CopyFate Fate)
{
    /// <summary>The order that truth goes by: event time, then position.</summary>
    internal bool IsBefore(in EventCopy other) =>
        (EventTimeMs, Partition, Sequence).CompareTo((other.EventTimeMs, other.Partition, other.Sequence)) < 0;
}

/// <summary>What became of a record before the stream could judge it.</summary>
internal enum CopyFate : byte
{
    /// <summary>The stream counted it, or not, and published that.</summary>
    Processed,

    /// <summary>The stream had not published it at the cut.</summary>
    NotProcessed,

    /// <summary>The stream put it aside: it neither counted it nor remembered its id.</summary>
    Quarantined,
}
