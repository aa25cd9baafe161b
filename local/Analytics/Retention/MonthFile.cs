using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>The daily rows of a month as a Parquet file, of the stream and of the recount, with names instead of numbers.</summary>
internal static class MonthFile
{
    private static readonly (string Column, string Name)[] Key =
    [
        ("advertiser", "advertiser_id"), ("campaign", "campaign_id"), ("ad_group", "ad_group_id"), ("ad", "ad_id"),
        ("creative", "creative_id"), ("currency", "currency"), ("device", "device"), ("country", "country"), ("reason", "reason"),
    ];

    private static readonly string Names = string.Join(", ", Key.Select(key => key.Name));

    /// <summary>Where in the lake a month of this content lies: other content is another file.</summary>
    internal static string Path(TimeRange month, string contentHash)
    {
        var first = DateTimeOffset.FromUnixTimeMilliseconds(month.FromMs);
        return FormattableString.Invariant($"days/{first:yyyy}/{first:MM}-{contentHash}.parquet");
    }

    /// <summary>Local files as a source for SQL.</summary>
    /// <remarks>Months of format 1 and 2 lack the counts of what is not billed, which nothing was then; those of format 3 the reason, which was not counted by.</remarks>
    internal static string Source(IEnumerable<string> localPaths) =>
        "(SELECT * REPLACE (coalesce(invalid_clicks, 0) AS invalid_clicks, coalesce(over_budget_clicks, 0) AS over_budget_clicks, coalesce(reason, '') AS reason) FROM ("
        + $"SELECT * FROM read_parquet([{string.Join(", ", localPaths.Select(Quote))}], union_by_name = true) "
        + "UNION ALL BY NAME SELECT 0::BIGINT AS invalid_clicks, 0::BIGINT AS over_budget_clicks, '' AS reason WHERE false))";

    /// <summary>Writes the file. Ordered by advertiser, which is what queries ask for, and then by all else, so that the same rows are the same file.</summary>
    internal static void Write(DuckDbConnection connection, TimeRange month, string localPath) => connection.Execute(
        $"COPY ({Rows(month)} ORDER BY advertiser_id, is_final, start_ms, {Names}) TO {Quote(localPath)} (FORMAT parquet, COMPRESSION zstd)");

    /// <summary>Lets the file stand for the month's rows, which are deleted; one transaction.</summary>
    /// <exception cref="InvalidDataException">The file does not hold the month's rows. Nothing was changed.</exception>
    internal static void MoveOut(DuckDbConnection connection, ArchivedMonth month, string localPath)
    {
        using var transaction = connection.BeginTransaction();
        RequireSame(connection, month, localPath);
        connection.Execute(FormattableString.Invariant(
            $"DELETE FROM day WHERE {Within(month.Range)}; DELETE FROM final_day WHERE {Within(month.Range)}"));
        var sql = new BoundSql();
        sql.Write($"INSERT INTO archived_month VALUES ({sql.Add(month.Range.FromMs)}, {sql.Add(month.Range.ToMs)}, {sql.Add(month.Path)})");
        sql.Execute(connection);
        transaction.Commit();
    }

    /// <summary>Takes the rows back into the tables; one transaction. The file stays, as an orphan.</summary>
    /// <exception cref="InvalidDataException">The file holds other rows than were taken back. Nothing was changed.</exception>
    internal static void MoveIn(DuckDbConnection connection, ArchivedMonth month, string localPath)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var (table, isFinal) in ((string, string)[])[("day", "NOT is_final"), ("final_day", "is_final")])
        {
            connection.Execute(
                $"INSERT INTO {table} BY NAME SELECT start_ms, {string.Join(", ", Key.Select(key => $"{key.Column}_name.id AS {key.Column}"))}, {AnalyticsSchema.MetricColumns} "
                + $"FROM {Source([localPath])} {string.Concat(Key.Select(key => $"JOIN names {key.Column}_name ON {key.Column}_name.name = {key.Name} "))}"
                + $"WHERE {isFinal} ORDER BY advertiser_name.id, start_ms");
        }

        RequireSame(connection, month, localPath);
        connection.Execute(FormattableString.Invariant($"DELETE FROM archived_month WHERE from_ms = {month.Range.FromMs}"));
        transaction.Commit();
    }

    // Every row, not a sum of them: what is deleted afterwards can't be counted again.
    private static void RequireSame(DuckDbConnection connection, ArchivedMonth month, string localPath)
    {
        var tables = Rows(month.Range);
        var file = $"SELECT start_ms, is_final, {Names}, {AnalyticsSchema.MetricColumns} FROM {Source([localPath])}";
        using var reader = connection.Query(
            $"SELECT (SELECT count(*) FROM (({tables}) EXCEPT ALL ({file}))) + (SELECT count(*) FROM (({file}) EXCEPT ALL ({tables})))");
        if (!reader.Read() || reader.GetInt64(0) != 0)
            throw new InvalidDataException($"{month.Path} in the lake does not hold the daily counts of its month. The counts were left as they are.");
    }

    private static string Rows(TimeRange month) =>
        $"{Rows("day", "false", month)} UNION ALL {Rows("final_day", "true", month)}";

    private static string Rows(string table, string isFinal, TimeRange month) =>
        $"SELECT start_ms, {isFinal} AS is_final, {string.Join(", ", Key.Select(key => $"{key.Column}_name.name AS {key.Name}"))}, {AnalyticsSchema.MetricColumns} "
        + $"FROM {table} {string.Concat(Key.Select(key => $"JOIN names {key.Column}_name ON {key.Column}_name.id = {key.Column} "))}WHERE {Within(month)}";

    private static string Within(TimeRange month) => FormattableString.Invariant($"start_ms >= {month.FromMs} AND start_ms < {month.ToMs}");

    private static string Quote(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
