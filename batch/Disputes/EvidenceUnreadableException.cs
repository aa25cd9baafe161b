namespace ClickFuncs.Batch.Disputes;

/// <summary>The archive could not be searched: a file of it is no Parquet any more, or memory or disk did not suffice.</summary>
public sealed class EvidenceUnreadableException(DateOnly day, Exception inner)
    : IOException(FormattableString.Invariant($"The archive of {day:yyyy-MM-dd} could not be searched: {inner.Message}"), inner);
