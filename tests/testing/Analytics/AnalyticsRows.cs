using ClickFuncs.Analytics;

namespace ClickFuncs.Testing.Analytics;

/// <summary>Makes and reads rows over all partitions for tests.</summary>
public static class AnalyticsRows
{
    /// <summary>A row of <see cref="RowSets.Key"/>.</summary>
    public static AnalyticsRow Of(long startMs, long clicks) => new(startMs, RowSets.Key, RowSets.Clicks(clicks));

    /// <summary>Rows as batches of a few.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> Batches(IEnumerable<AnalyticsRow> rows)
    {
        foreach (var batch in rows.Chunk(2))
        {
            await Task.Yield();
            yield return batch;
        }
    }

    /// <summary>All rows of a reading of the stream, one text each, in an order of their own.</summary>
    public static Task<IReadOnlyList<string>> CollectAsync(IAsyncEnumerable<StreamHoursBatch> reading) =>
        CollectAsync(reading.Select(batch => batch.Rows).Where(rows => rows.Count > 0));

    /// <summary>All items of batches, one text each, in an order of their own.</summary>
    public static async Task<IReadOnlyList<string>> CollectAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> batches)
    {
        var lines = new List<string>();
        await foreach (var batch in batches)
        {
            Assert.NotEmpty(batch);
            lines.AddRange(batch.Select(item => $"{item}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
