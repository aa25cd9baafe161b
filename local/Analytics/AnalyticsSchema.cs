using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>The tables of the store, and the version of their format.</summary>
internal static class AnalyticsSchema
{
    /// <summary>Raised whenever a table changes its meaning; a newer file is refused.</summary>
    internal const int Format = 1;

    /// <summary>The columns of a key, in the order of the encoded key's fields.</summary>
    internal const string KeyColumns = "advertiser, campaign, ad_group, ad, creative, currency, device, country";

    private const string Metrics =
        "impressions BIGINT NOT NULL, raw_clicks BIGINT NOT NULL, clicks BIGINT NOT NULL, conversions BIGINT NOT NULL, spend_micros BIGINT NOT NULL";

    private const string Key =
        """
        advertiser INTEGER NOT NULL, campaign INTEGER NOT NULL, ad_group INTEGER NOT NULL, ad INTEGER NOT NULL,
        creative INTEGER NOT NULL, currency INTEGER NOT NULL, device INTEGER NOT NULL, country INTEGER NOT NULL
        """;

    // No primary keys: there is one writer, which keeps rows unique, and an index would cost more than all else.
    private const string Tables =
        $"""
        CREATE TABLE names (id INTEGER NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE partition_status (
            partition INTEGER NOT NULL, version BIGINT NOT NULL, watermark_ms BIGINT NOT NULL, published_at_ms BIGINT NOT NULL);
        CREATE TABLE minute_log (partition INTEGER NOT NULL, start_ms BIGINT NOT NULL, {Key}, version BIGINT NOT NULL, {Metrics});
        CREATE TABLE minute (partition INTEGER NOT NULL, start_ms BIGINT NOT NULL, {Key}, version BIGINT NOT NULL, {Metrics});
        CREATE TABLE hour (start_ms BIGINT NOT NULL, {Key}, {Metrics});
        CREATE TABLE day (start_ms BIGINT NOT NULL, {Key}, {Metrics});
        CREATE TABLE rolled (width_ms BIGINT NOT NULL, through_ms BIGINT NOT NULL);
        CREATE TABLE dirty (width_ms BIGINT NOT NULL, start_ms BIGINT NOT NULL);
        INSERT INTO names VALUES (0, '');
        INSERT INTO rolled VALUES (3600000, 0), (86400000, 0);
        """;

    /// <summary>Creates the tables in a new file; checks the format of an old one.</summary>
    /// <exception cref="AnalyticsStoreException">The file was written by a newer version of this program.</exception>
    internal static void Ensure(DuckDbConnection connection, string path)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS meta (format INTEGER NOT NULL)");
        using (var reader = connection.Query("SELECT format FROM meta"))
        {
            if (reader.Read())
            {
                Check(reader.GetInt32(0), path);
                return;
            }
        }

        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables);
        connection.Execute(FormattableString.Invariant($"INSERT INTO meta VALUES ({Format})"));
        transaction.Commit();
    }

    private static void Check(int format, string path)
    {
        if (format != Format)
            throw new AnalyticsStoreException(
                $"{path} has format {format} and this version of the program reads format {Format}: use the version that wrote it, or a later one.");
    }
}
