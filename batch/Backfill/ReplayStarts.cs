using ClickFuncs.Batch.Compaction;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Backfill;

/// <summary>Finds where a replay has to begin so that it counts a range as a replay from the first record would.</summary>
/// <remarks>
/// Only what has a time in the range changes its windows, and from the first such event on stream time is in the range too, whatever
/// came before. What came before matters by its ids alone, and those first seen more than the dedup horizon before the range are forgotten
/// by then. So it begins at the last boundary of parts at which stream time was that far back. (One exception, as with any beginning: of an
/// id that keeps coming back within the horizon, for longer than the horizon, other copies may count.)
/// </remarks>
internal static class ReplayStarts
{
    // The dedup set forgets by whole minutes.
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(1);

    /// <summary>First sequence number to read of each partition asked for; 0 where no boundary is early enough.</summary>
    internal static async Task<IReadOnlyDictionary<int, long>> FindAsync(
        ILake lake, IReadOnlyCollection<int> partitions, BackfillRequest request, CancellationToken cancellationToken)
    {
        var policy = request.Policy;
        var warmUp = policy.DedupHorizon + policy.AllowedLateness + policy.OutOfOrderness + policy.FutureTolerance + Rounding;
        var latestMs = request.FromMs - (long)warmUp.TotalMilliseconds;
        var starts = new Dictionary<int, long>();
        var manifests = new PartManifests(lake);
        foreach (var slice in await manifests.ListSlicesAsync(cancellationToken))
        {
            // The newest first, so the first one that is early enough is the last one that is.
            await foreach (var part in manifests.ReadBackAsync(slice, cancellationToken))
            {
                foreach (var range in part.Partitions.Where(range => range.StreamTimeBeforeMs is not { } before || before <= latestMs))
                    starts.TryAdd(range.Partition, range.FirstSequence);
                if (part.Partitions.All(range => starts.ContainsKey(range.Partition)))
                    break;
            }
        }

        return partitions.ToDictionary(partition => partition, partition => starts.GetValueOrDefault(partition));
    }
}
