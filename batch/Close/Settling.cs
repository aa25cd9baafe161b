using System.Globalization;
using ClickFuncs.Batch.Reconciliation;

namespace ClickFuncs.Batch.Close;

/// <summary>What a close takes into account, and whether archive and stream have it. Pure.</summary>
public static class Settling
{
    /// <summary>The cut of a close that begins now: everything on the log.</summary>
    public static IReadOnlyList<ReportCut> Cut(IReadOnlyList<PartitionProgress> progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return [.. progress.Select(partition => new ReportCut(partition.Partition, partition.Last))];
    }

    /// <summary>What is still missing, in a sentence; null when the day can be counted.</summary>
    public static string? Missing(IReadOnlyList<ReportCut> cut, IReadOnlyList<PartitionProgress> progress)
    {
        ArgumentNullException.ThrowIfNull(cut);
        ArgumentNullException.ThrowIfNull(progress);
        var now = progress.ToDictionary(partition => partition.Partition);
        var archive = cut.Where(entry => Behind(now, entry, partition => partition.Archived)).Select(entry => entry.Partition).ToList();
        var stream = cut.Where(entry => Behind(now, entry, partition => partition.Published)).Select(entry => entry.Partition).ToList();
        return (archive.Count, stream.Count) switch
        {
            (0, 0) => null,
            (_, 0) => $"The archive has not caught up on partitions {List(archive)}.",
            (0, _) => $"The stream has not published partitions {List(stream)} up to the cut.",
            _ => $"The archive has not caught up on partitions {List(archive)}, and the stream has not published partitions {List(stream)}.",
        };
    }

    private static bool Behind(Dictionary<int, PartitionProgress> now, ReportCut cut, Func<PartitionProgress, long> position) =>
        !now.TryGetValue(cut.Partition, out var partition) || position(partition) < cut.Sequence;

    private static string List(List<int> partitions) => partitions.Count <= 8
        ? string.Join(", ", partitions.Select(partition => partition.ToString(CultureInfo.InvariantCulture)))
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", partitions.Take(8))} and {partitions.Count - 8} more");
}
