using ClickFuncs.Catalog;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Catalog;

/// <summary>The catalog's table and statements, with how an ad becomes a row and back.</summary>
internal static class SqliteCatalogStatements
{
    /// <summary>An ad's version is the write that last changed it; ads are never removed, so the highest is the catalog's.</summary>
    public const string Open = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS catalog_ads (
            ad_id TEXT PRIMARY KEY NOT NULL,
            advertiser_id TEXT NOT NULL,
            campaign_id TEXT NOT NULL,
            ad_group_id TEXT NOT NULL,
            creative_id TEXT NOT NULL,
            landing_url TEXT,
            price_micros INTEGER NOT NULL,
            currency TEXT NOT NULL,
            status INTEGER NOT NULL,
            version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS catalog_ads_version ON catalog_ads (version);
        """;

    public const string Version = "SELECT coalesce(max(version), 0) FROM catalog_ads";

    public const string Owner = "SELECT advertiser_id FROM catalog_ads WHERE ad_id = $ad";

    public const string Changes = """
        SELECT ad_id, advertiser_id, campaign_id, ad_group_id, creative_id, landing_url, price_micros, currency, status
        FROM catalog_ads WHERE version > $since ORDER BY ad_id
        """;

    public const string AddMissing = Insert + " ON CONFLICT (ad_id) DO NOTHING";

    public const string Upsert = Insert + """
         ON CONFLICT (ad_id) DO UPDATE SET
            campaign_id = excluded.campaign_id, ad_group_id = excluded.ad_group_id, creative_id = excluded.creative_id,
            landing_url = excluded.landing_url, price_micros = excluded.price_micros, currency = excluded.currency,
            status = excluded.status, version = excluded.version
        WHERE advertiser_id = excluded.advertiser_id
            AND (campaign_id, ad_group_id, creative_id, landing_url, price_micros, currency, status) IS NOT
                (excluded.campaign_id, excluded.ad_group_id, excluded.creative_id, excluded.landing_url,
                 excluded.price_micros, excluded.currency, excluded.status)
        """;

    private const string Insert = """
        INSERT INTO catalog_ads
        VALUES ($ad, $advertiser, $campaign, $group, $creative, $landing, $price, $currency, $status, $version)
        """;

    public static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string statement, long version)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement;
        foreach (var name in (string[])["$ad", "$advertiser", "$campaign", "$group", "$creative", "$landing", "$currency"])
            command.Parameters.Add(name, SqliteType.Text);
        command.Parameters.Add("$price", SqliteType.Integer);
        command.Parameters.Add("$status", SqliteType.Integer);
        command.Parameters.Add("$version", SqliteType.Integer).Value = version;
        return command;
    }

    public static void Bind(SqliteCommand command, CatalogAd ad)
    {
        command.Parameters["$ad"].Value = ad.AdId;
        command.Parameters["$advertiser"].Value = ad.AdvertiserId;
        command.Parameters["$campaign"].Value = ad.CampaignId;
        command.Parameters["$group"].Value = ad.AdGroupId;
        command.Parameters["$creative"].Value = ad.CreativeId;
        command.Parameters["$landing"].Value = (object?)ad.LandingUrl ?? DBNull.Value;
        command.Parameters["$price"].Value = ad.PriceMicros;
        command.Parameters["$currency"].Value = ad.Currency;
        command.Parameters["$status"].Value = (long)ad.Status;
    }

    public static CatalogAd Read(SqliteDataReader reader) => new()
    {
        AdId = reader.GetString(0),
        AdvertiserId = reader.GetString(1),
        CampaignId = reader.GetString(2),
        AdGroupId = reader.GetString(3),
        CreativeId = reader.GetString(4),
        LandingUrl = reader.IsDBNull(5) ? null : reader.GetString(5),
        PriceMicros = reader.GetInt64(6),
        Currency = reader.GetString(7),
        Status = (AdStatus)reader.GetInt64(8),
    };
}
