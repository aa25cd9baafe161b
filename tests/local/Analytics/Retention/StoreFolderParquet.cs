using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Tests.Analytics.Retention;

/// <summary>A month file that holds one row of its own invention.</summary>
internal static class StoreFolderParquet
{
    internal static void Write(string path, long startMs)
    {
        using var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory);
        using var connection = database.Connect();
        connection.Execute(
            $"""
            COPY (SELECT {startMs}::BIGINT AS start_ms, false AS is_final, 'adv_1' AS advertiser_id, 'c' AS campaign_id, 'g' AS ad_group_id,
                'ad_1' AS ad_id, 'cr' AS creative_id, 'USD' AS currency, 'mobile' AS device, 'NO' AS country, 1::BIGINT AS impressions,
                1::BIGINT AS raw_clicks, 1::BIGINT AS clicks, 1::BIGINT AS conversions, 1::BIGINT AS spend_micros)
            TO '{path}' (FORMAT parquet)
            """);
    }
}
