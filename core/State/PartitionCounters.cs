namespace ClickFuncs.State;

/// <summary>What a partition has done with its events since it began. Absolute and committed with the position, so a replay can't inflate them.
/// <c>Read = Accepted + Duplicates + LateDropped + Quarantined + NonClicks + Invalid</c>.</summary>
public record struct PartitionCounters
{
    /// <summary>Records taken from the log.</summary>
    public long Read { get; set; }

    /// <summary>Events counted in a window: unique, in time, readable.</summary>
    public long Accepted { get; set; }

    /// <summary>Events whose id was seen within the dedup horizon.</summary>
    public long Duplicates { get; set; }

    /// <summary>Unique events beyond the allowed lateness: on the side output, left to the nightly truth.</summary>
    public long LateDropped { get; set; }

    /// <summary>Records that are no valid event, kept with reason and bytes.</summary>
    public long Quarantined { get; set; }

    /// <summary>Recorded requests that are no clicks (HEAD, prefetch, prerender).</summary>
    public long NonClicks { get; set; }

    /// <summary>Clicks judged invalid traffic.</summary>
    public long Invalid { get; set; }
}
