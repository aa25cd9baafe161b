namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>One captured event. Points into the reader's block: use it before the next record is read, copy what has to last.</summary>
public readonly ref struct CaptureRecord
{
    /// <summary>Sequence number in the partition.</summary>
    public long SequenceNumber { get; init; }

    /// <summary>
    /// When the log accepted the event, milliseconds since the Unix epoch: from the system property <c>x-opt-enqueued-time</c>, or
    /// from <see cref="EnqueuedTimeUtc"/>, in whole seconds, where a file has none.
    /// </summary>
    public long EnqueuedTimeMs { get; init; }

    /// <summary>The event as it was sent; empty when it had no body.</summary>
    public ReadOnlySpan<byte> Body { get; init; }

    /// <summary>Whether the event had a body, be it an empty one.</summary>
    public bool HasBody { get; init; }

    /// <summary>The log's own mark of the place, UTF-8.</summary>
    public ReadOnlySpan<byte> Offset { get; init; }

    /// <summary>When the log accepted the event, as text in UTF-8: <c>7/1/2026 1:05:09 PM</c>, UTC.</summary>
    public ReadOnlySpan<byte> EnqueuedTimeUtc { get; init; }

    /// <summary>What the log noted with the event.</summary>
    public CaptureProperties SystemProperties { get; init; }

    /// <summary>What the sender noted with the event.</summary>
    public CaptureProperties Properties { get; init; }
}
