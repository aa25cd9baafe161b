using System.Globalization;
using ClickFuncs.Batch.Reconciliation;

namespace ClickFuncs.Batch.Close;

/// <summary>What a close takes into account, and whether archive and stream have it. Pure.</summary>
public static class Settling
{
    /// <summary>What is still missing, in a sentence; null when nothing is.</summary>
    /// <param name="cut">What archive and stream must have: records up to <see cref="ReportCut.Sequence"/>, published ones up to <see cref="ReportCut.Published"/>.</param>
    /// <param name="spooled">Events that wait in a spool: they may be of the day.</param>
    /// <param name="progress">What they have.</param>
    public static string? Missing(IReadOnlyList<ReportCut> cut, long spooled, IReadOnlyList<PartitionProgress> progress)
    {
        ArgumentNullException.ThrowIfNull(cut);
        ArgumentNullException.ThrowIfNull(progress);
        if (spooled > 0)
            return string.Create(CultureInfo.InvariantCulture, $"{spooled} events wait in the spool to be put on the log.");
        var now = progress.ToDictionary(partition => partition.Partition);
        var archive = cut.Where(entry => !now.TryGetValue(entry.Partition, out var at) || at.Archived < entry.Sequence).ToList();
        var stream = cut.Where(entry => !now.TryGetValue(entry.Partition, out var at) || at.Published < entry.Published).ToList();
        return (archive.Count, stream.Count) switch
        {
            (0, 0) => null,
            (_, 0) => $"The archive has not caught up on partitions {List(archive)}.",
            (0, _) => $"The stream has not published what came in on partitions {List(stream)}.",
            _ => $"The archive has not caught up on partitions {List(archive)}, and the stream has not published what came in on partitions {List(stream)}.",
        };
    }

    private static string List(List<ReportCut> cut)
    {
        var named = string.Join(", ", cut.Take(8).Select(entry => entry.Partition.ToString(CultureInfo.InvariantCulture)));
        return cut.Count <= 8 ? named : string.Create(CultureInfo.InvariantCulture, $"{named} and {cut.Count - 8} more");
    }
}
