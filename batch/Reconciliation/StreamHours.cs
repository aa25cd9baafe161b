using System.Text;
using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>What the stream counted per hour and full key, as the table <c>stream_hours</c>.</summary>
internal static class StreamHours
{
    /// <summary>Puts the stream's rows into the table <c>stream_hours</c>.</summary>
    /// <returns>By partition, the last record that the rows account for.</returns>
    public static async Task<IReadOnlyDictionary<int, long>> LoadAsync(
        DuckDbConnection connection, IAsyncEnumerable<StreamHoursBatch> batches, CancellationToken cancellationToken)
    {
        connection.Execute(
            """
            CREATE TABLE stream_hours (
                hour_ms BIGINT, advertiser_id VARCHAR, campaign_id VARCHAR, ad_group_id VARCHAR, ad_id VARCHAR, creative_id VARCHAR,
                currency VARCHAR, device VARCHAR, country VARCHAR, impressions BIGINT, clicks BIGINT, conversions BIGINT, spend_micros BIGINT,
                invalid_clicks BIGINT, over_budget_clicks BIGINT)
            """);
        using var appender = connection.CreateAppender("stream_hours");
        IReadOnlyDictionary<int, long> versions = new Dictionary<int, long>();
        var rows = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            versions = batch.Versions;
            foreach (var row in batch.Rows)
            {
                Set(appender, rows++, row);
                if (rows < appender.Capacity)
                    continue;
                appender.Append(rows);
                rows = 0;
            }
        }

        appender.Append(rows);
        appender.Flush();
        return versions;
    }

    private static void Set(DuckDbAppender appender, int row, in AnalyticsRow value)
    {
        appender.Column<long>(0)[row] = value.StartMs;
        SetKey(appender, row, 1, value.Key);
        appender.Column<long>(9)[row] = value.Metrics.Impressions;
        appender.Column<long>(10)[row] = value.Metrics.Clicks;
        appender.Column<long>(11)[row] = value.Metrics.Conversions;
        appender.Column<long>(12)[row] = value.Metrics.SpendMicros;
        appender.Column<long>(13)[row] = value.Metrics.InvalidClicks;
        appender.Column<long>(14)[row] = value.Metrics.OverBudgetClicks;
    }

    /// <summary>Puts a key into eight columns, in the order that tables of this folder have them.</summary>
    internal static void SetKey(DuckDbAppender appender, int row, int firstColumn, DimensionKey key)
    {
        SetText(appender, row, firstColumn, key.AdvertiserId);
        SetText(appender, row, firstColumn + 1, key.CampaignId);
        SetText(appender, row, firstColumn + 2, key.AdGroupId);
        SetText(appender, row, firstColumn + 3, key.AdId);
        SetText(appender, row, firstColumn + 4, key.CreativeId);
        SetText(appender, row, firstColumn + 5, key.Currency);
        SetText(appender, row, firstColumn + 6, key.Device);
        SetText(appender, row, firstColumn + 7, key.Country);
    }

    /// <summary>Puts a text into a column.</summary>
    internal static void SetText(DuckDbAppender appender, int row, int column, string text)
    {
        Span<byte> utf8 = stackalloc byte[512];
        if (Encoding.UTF8.TryGetBytes(text, utf8, out var length))
            appender.SetText(column, row, utf8[..length]);
        else
            appender.SetText(column, row, Encoding.UTF8.GetBytes(text));
    }
}
