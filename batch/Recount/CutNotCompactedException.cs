using System.Globalization;

namespace ClickFuncs.Batch.Recount;

/// <summary>The parts do not reach the cut: compact first.</summary>
public sealed class CutNotCompactedException(int partition, long lastSequence, long nextSequence)
    : InvalidOperationException(string.Create(
        CultureInfo.InvariantCulture,
        $"Partition {partition} is to be counted up to record {lastSequence}, but {(nextSequence == 0 ? "nothing of it" : $"only what comes before record {nextSequence}")} is compacted. Compact the archive first."));
