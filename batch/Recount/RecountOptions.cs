using System.ComponentModel.DataAnnotations;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Batch.Recount;

/// <summary>What one recount may take.</summary>
public sealed record RecountOptions
{
    /// <summary>A bucket with more events of the day than this is counted in shares, one after the other. Default 4,000,000, for which the
    /// default memory limit is ample; the result is the same whatever it is.</summary>
    [Range(1, 1_000_000_000)]
    public long MaxRowsPerUnit { get; init; } = 4_000_000;

    /// <summary>How far back to look, at most, for ids that kept coming back without a pause as long as the dedup horizon: what the stream
    /// remembered of them can only be told from their beginning. Default 62 days. Truth does not depend on it, nor does any other id.</summary>
    [Range(1, 3660)]
    public int MaxMemoryDays { get; init; } = 62;

    /// <summary>Memory, threads and folder.</summary>
    public ScratchOptions Scratch { get; init; } = new();
}
