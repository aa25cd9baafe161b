namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Says that a part exists and what it is made of. Written last and never changed; the numbers of a slice's parts are dense from 1, and
/// each manifest holds the digest of the one before, so that none can be altered, or taken out, unseen.
/// </summary>
public sealed record PartManifest
{
    /// <summary>The format this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of this format.</summary>
    public required int Format { get; init; }

    /// <summary>Slice of the log.</summary>
    public required string Slice { get; init; }

    /// <summary>Number of the part in its slice, from 1.</summary>
    public required int Part { get; init; }

    /// <summary>SHA-256 of the manifest before, in hexadecimal; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>Into how many buckets its events are put.</summary>
    public required int Buckets { get; init; }

    /// <summary>Tolerance beyond which events were put aside as coming from the future, in milliseconds.</summary>
    public required long FutureToleranceMs { get; init; }

    /// <summary>Name of the key that made the pseudonyms.</summary>
    public required string PseudonymKey { get; init; }

    /// <summary>What it covers of each partition of the slice, ascending.</summary>
    public required IReadOnlyList<PartRange> Partitions { get; init; }

    /// <summary>The Parquet files, ascending by path.</summary>
    public required IReadOnlyList<PartFile> Files { get; init; }

    /// <summary>The capture files it was made from, in the order they were read; without those that were empty.</summary>
    public required IReadOnlyList<PartSource> Sources { get; init; }

    /// <summary>Path in the lake.</summary>
    public string Path => PartPaths.Manifest(Slice, Part);
}
