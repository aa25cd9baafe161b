using System.Globalization;

namespace ClickFuncs.Batch.Compaction;

/// <summary>Where the compaction of a partition stands: which record is due, and the stream time, which later records are judged by.</summary>
internal sealed class PartitionCursor(int partition, long nextSequence, long? streamTimeMs, string? lastSource)
{
    internal int Partition { get; } = partition;

    /// <summary>Sequence number at which the part begins.</summary>
    internal long FirstSequence { get; } = nextSequence;

    /// <summary>Sequence number that is due.</summary>
    internal long NextSequence { get; private set; } = nextSequence;

    /// <summary>Stream time before the part's first record; null before the partition's first event.</summary>
    internal long? StreamTimeBeforeMs { get; } = streamTimeMs;

    /// <summary>Largest event time of the events so far; null before the partition's first event.</summary>
    internal long? StreamTimeMs { get; private set; } = streamTimeMs;

    /// <summary>Path of the last capture file that was read.</summary>
    internal string? LastSource { get; set; } = lastSource;

    /// <summary>Records that were there twice.</summary>
    internal long Repeated { get; private set; }

    /// <summary>Takes the next record; false if it was taken before, which capturing at least once allows.</summary>
    /// <exception cref="ArchiveGapException">Records are missing before it.</exception>
    internal bool Take(long sequence, string file)
    {
        if (sequence > NextSequence)
            throw new ArchiveGapException(Partition, NextSequence, sequence - 1, file);
        if (sequence < NextSequence)
        {
            Repeated++;
            return false;
        }

        NextSequence++;
        return true;
    }

    /// <summary>An event that the stream lets push its clock, whatever else becomes of it.</summary>
    /// <returns>The stream time after it.</returns>
    internal long Advance(long eventTimeMs)
    {
        if (StreamTimeMs is not { } now || eventTimeMs > now)
            StreamTimeMs = eventTimeMs;
        return StreamTimeMs!.Value;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"partition {Partition} at {NextSequence}");
}
