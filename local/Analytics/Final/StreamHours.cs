using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Final;

/// <summary>Reads what the stream counted, by the hour and full key, as it is summed up: memory holds a batch.</summary>
internal static class StreamHours
{
    private const int BatchRows = 4096;

    /// <summary>Reads a range of whole hours; all batches see the same state.</summary>
    /// <exception cref="AnalyticsExpiredException">The hours of the range are no longer kept.</exception>
    internal static IEnumerable<StreamHoursBatch> Read(DuckDbConnection connection, TimeRange range, NameTable names)
    {
        // One transaction: the versions are those of the rows, however fast the stream goes on.
        using var transaction = connection.BeginTransaction();
        var versions = PartitionVersions.Read(connection);
        var plan = ReadPlan.Of(
            range, Granularity.Hour, Accuracy.Live, TierState.Read(connection), rest => TouchedWindows.Read(connection, rest, _ => "true"));
        var sql = new BoundSql();
        var width = sql.Add(Granularities.HourMs);
        sql.Write($"SELECT start_ms - start_ms % {width}, {AnalyticsSchema.KeyColumns}, {CountsSql.Sums} FROM ");
        CountsSql.WriteSource(sql, plan, "true");
        sql.Write($" GROUP BY start_ms - start_ms % {width}, {AnalyticsSchema.KeyColumns}");
        using var statement = sql.Prepare(connection);
        using var reader = statement.QueryStreaming();
        var (batch, any) = (new List<AnalyticsRow>(BatchRows), false);
        while (reader.Read())
        {
            batch.Add(new AnalyticsRow(
                reader.GetInt64(0), KeyNumbers.Read(reader, 1, names), CountsSql.ReadSums(reader, 1 + KeyNumbers.Length)));
            if (batch.Count < BatchRows)
                continue;
            yield return new StreamHoursBatch(versions, batch);
            (batch, any) = (new List<AnalyticsRow>(BatchRows), true);
        }

        if (batch.Count > 0 || !any)
            yield return new StreamHoursBatch(versions, batch);
    }
}
