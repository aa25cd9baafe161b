using System.Globalization;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// Counts, by reason, the records that are no valid event. Nobody can tell the day they would have belonged to, so a day's
/// report has those of the parts that hold events of the day.
/// </summary>
internal static class UndecodedCounts
{
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(
        ILake lake, DateOnly date, DayCut cut, ScratchOptions scratch, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var database = new ScratchDatabase(scratch);
        var manifests = new PartManifests(lake);
        var day = EventDays.Of(date);
        foreach (var slice in await manifests.ListSlicesAsync(cancellationToken))
        {
            await foreach (var part in manifests.ReadBackAsync(slice, cancellationToken))
            {
                if (!part.Files.Any(file => file.Bucket >= 0 && file.FirstDay <= day && file.LastDay >= day))
                    continue;
                foreach (var file in part.Files.Where(file => file.Bucket < 0))
                    await AddAsync(counts, lake, file.Path, cut, database, cancellationToken);
            }
        }

        return counts;
    }

    private static async Task AddAsync(
        SortedDictionary<string, long> counts, ILake lake, string path, DayCut cut, ScratchDatabase database, CancellationToken cancellationToken)
    {
        var ends = string.Join(" OR ", cut.Partitions.Select(partition =>
            string.Create(CultureInfo.InvariantCulture, $"(partition = {partition.Partition} AND sequence <= {partition.LastSequence})")));
        var local = await lake.FetchAsync(path, cancellationToken);
        await using (local)
        {
            using var reader = database.Query(
                $"SELECT reason, count(*) FROM read_parquet({SqlText.Of(local.LocalPath)}) WHERE {ends} GROUP BY reason", cancellationToken);
            while (reader.Read())
                counts[reader.GetString(0)] = counts.GetValueOrDefault(reader.GetString(0)) + reader.GetInt64(1);
        }
    }
}
