using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics.Staging;

namespace ClickFuncs.Local.Analytics;

/// <summary>The tables of the store, and the version of their format. An old file is brought up to it in place.</summary>
internal static class AnalyticsSchema
{
    /// <summary>Raised whenever a table changes its meaning; a newer file is refused.</summary>
    internal const int Format = 4;

    /// <summary>The columns of a key, in the order of the encoded key's fields.</summary>
    internal const string KeyColumns = "advertiser, campaign, ad_group, ad, creative, currency, device, country, reason";

    /// <summary>The columns that count.</summary>
    internal const string MetricColumns =
        "impressions, raw_clicks, clicks, conversions, spend_micros, invalid_clicks, over_budget_clicks";

    private const string MetricsOfFormat1 =
        "impressions BIGINT NOT NULL, raw_clicks BIGINT NOT NULL, clicks BIGINT NOT NULL, conversions BIGINT NOT NULL, spend_micros BIGINT NOT NULL";

    // The order that altered tables have: what was added is last.
    private const string Metrics = $"{MetricsOfFormat1}, invalid_clicks BIGINT NOT NULL, over_budget_clicks BIGINT NOT NULL, reason INTEGER NOT NULL";

    private const string Key =
        """
        advertiser INTEGER NOT NULL, campaign INTEGER NOT NULL, ad_group INTEGER NOT NULL, ad INTEGER NOT NULL,
        creative INTEGER NOT NULL, currency INTEGER NOT NULL, device INTEGER NOT NULL, country INTEGER NOT NULL
        """;

    /// <summary>The columns of rows that have versions.</summary>
    internal const string VersionedColumns = $"partition INTEGER NOT NULL, start_ms BIGINT NOT NULL, {Key}, version BIGINT NOT NULL, {Metrics}";

    /// <summary>The columns of rows over all partitions.</summary>
    internal const string SummedColumns = $"start_ms BIGINT NOT NULL, {Key}, {Metrics}";

    private const string VersionedOfFormat1 = $"partition INTEGER NOT NULL, start_ms BIGINT NOT NULL, {Key}, version BIGINT NOT NULL, {MetricsOfFormat1}";

    private const string SummedOfFormat1 = $"start_ms BIGINT NOT NULL, {Key}, {MetricsOfFormat1}";

    private static string[] Counts => ["minute_log", "minute", "hour", "day", "final_hour", "final_day"];

    // What each format added to the one before it. No primary keys: there is one writer, which keeps rows unique, and an
    // index would cost more than all else.
    private static readonly string[] Steps =
    [
        $"""
        CREATE TABLE names (id INTEGER NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE partition_status (
            partition INTEGER NOT NULL, version BIGINT NOT NULL, watermark_ms BIGINT NOT NULL, published_at_ms BIGINT NOT NULL);
        CREATE TABLE minute_log ({VersionedOfFormat1});
        CREATE TABLE minute ({VersionedOfFormat1});
        CREATE TABLE hour ({SummedOfFormat1});
        CREATE TABLE day ({SummedOfFormat1});
        CREATE TABLE rolled (width_ms BIGINT NOT NULL, through_ms BIGINT NOT NULL);
        CREATE TABLE dirty (width_ms BIGINT NOT NULL, start_ms BIGINT NOT NULL);
        INSERT INTO names VALUES (0, '');
        INSERT INTO rolled VALUES (3600000, 0), (86400000, 0);
        """,
        $"""
        CREATE TABLE final_day_revision (day_ms BIGINT NOT NULL, revision INTEGER NOT NULL);
        CREATE TABLE final_hour ({SummedOfFormat1});
        CREATE TABLE final_day ({SummedOfFormat1});
        CREATE TABLE staging_area (id INTEGER NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE staged_position (id INTEGER NOT NULL, partition INTEGER NOT NULL, version BIGINT NOT NULL);
        CREATE TABLE applied_area (name VARCHAR NOT NULL, from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL);
        CREATE TABLE replaced (from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL, partition INTEGER NOT NULL, version BIGINT NOT NULL);
        CREATE TABLE kept (width_ms BIGINT NOT NULL, from_ms BIGINT NOT NULL);
        CREATE TABLE archived_month (from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL, path VARCHAR NOT NULL);
        INSERT INTO kept VALUES (60000, 0), (3600000, 0);
        """,
        string.Concat(Counts.Select(AddUnbilled)),
        string.Concat(Counts.Select(AddReason)),
    ];

    /// <summary>Creates the tables in a new file; upgrades an old one, all or nothing.</summary>
    /// <returns>The format that the file had; 0 for a new one.</returns>
    /// <exception cref="AnalyticsStoreException">The file was written by a newer version of this program.</exception>
    internal static int Ensure(DuckDbConnection connection, string path)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS meta (format INTEGER NOT NULL)");
        var format = ReadFormat(connection);
        if (format > Format)
            throw new AnalyticsStoreException(
                $"{path} has format {format} and this version of the program reads formats up to {Format}: use the version that wrote it, or a later one.");
        if (format == Format)
            return format;
        using var transaction = connection.BeginTransaction();
        foreach (var step in Steps[format..])
            connection.Execute(step);
        if (format < 3)
            AlterStaged(connection, AddUnbilled);
        AlterStaged(connection, AddReason);
        connection.Execute(FormattableString.Invariant($"DELETE FROM meta; INSERT INTO meta VALUES ({Format})"));
        transaction.Commit();
        return format;
    }

    // Staged rows are of areas that come and go, each in a table of its own.
    private static void AlterStaged(DuckDbConnection connection, Func<string, string> alter)
    {
        foreach (var table in StagingAreas.Tables(connection))
            connection.Execute(alter(table));
    }

    private static string AddUnbilled(string table) =>
        $"ALTER TABLE {table} ADD COLUMN invalid_clicks BIGINT DEFAULT 0; ALTER TABLE {table} ADD COLUMN over_budget_clicks BIGINT DEFAULT 0;";

    // Invalid clicks of before have no reason, like all that is not invalid.
    private static string AddReason(string table) => $"ALTER TABLE {table} ADD COLUMN reason INTEGER DEFAULT 0;";

    private static int ReadFormat(DuckDbConnection connection)
    {
        using var reader = connection.Query("SELECT format FROM meta");
        return reader.Read() ? reader.GetInt32(0) : 0;
    }
}
