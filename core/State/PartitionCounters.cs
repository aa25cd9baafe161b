namespace ClickFuncs.State;

/// <summary>What a partition has done with its events since it began. Absolute and committed with the position, so a replay can't inflate them.
/// <c>Read = Accepted + Duplicates + LateDropped + Quarantined + NonClicks + Invalid</c>.</summary>
public record struct PartitionCounters
{
    /// <summary>Records taken from the log.</summary>
    public long Read { get; set; }

    /// <summary>Events counted in a window: unique, in time, readable, and not judged invalid.</summary>
    public long Accepted { get; set; }

    /// <summary>Events whose id was seen within the dedup horizon.</summary>
    public long Duplicates { get; set; }

    /// <summary>Unique events beyond the allowed lateness: on the side output, left to the nightly truth.</summary>
    public long LateDropped { get; set; }

    /// <summary>Records that are no valid event, kept with reason and bytes.</summary>
    public long Quarantined { get; set; }

    /// <summary>Recorded requests that are no clicks (HEAD, prefetch, prerender).</summary>
    public long NonClicks { get; set; }

    /// <summary>Clicks counted in a window that were judged invalid traffic; among the accepted in what versions before this one counted.</summary>
    public long Invalid { get; set; }

    /// <summary>Sums over partitions.</summary>
    public static PartitionCounters operator +(PartitionCounters a, PartitionCounters b) => Combine(a, b, 1);

    /// <summary>What happened from <paramref name="b"/> to <paramref name="a"/>.</summary>
    public static PartitionCounters operator -(PartitionCounters a, PartitionCounters b) => Combine(a, b, -1);

    private static PartitionCounters Combine(PartitionCounters a, PartitionCounters b, int sign) => new()
    {
        Read = a.Read + (sign * b.Read),
        Accepted = a.Accepted + (sign * b.Accepted),
        Duplicates = a.Duplicates + (sign * b.Duplicates),
        LateDropped = a.LateDropped + (sign * b.LateDropped),
        Quarantined = a.Quarantined + (sign * b.Quarantined),
        NonClicks = a.NonClicks + (sign * b.NonClicks),
        Invalid = a.Invalid + (sign * b.Invalid),
    };
}
