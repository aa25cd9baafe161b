namespace ClickFuncs.Local.Budgets;

/// <summary>Tables and statements of <c>budgets.db</c>.</summary>
internal static class BudgetSchema
{
    /// <summary>A budget's version is the write that last changed it; budgets are never removed, so the highest is the store's.</summary>
    public const string Open = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        CREATE TABLE IF NOT EXISTS budgets (
            campaign_id TEXT PRIMARY KEY NOT NULL,
            advertiser_id TEXT NOT NULL,
            currency TEXT NOT NULL,
            daily_micros INTEGER,
            total_micros INTEGER,
            start_day INTEGER NOT NULL,
            end_day INTEGER,
            version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS budgets_version ON budgets (version);
        CREATE TABLE IF NOT EXISTS spend_owner (id INTEGER PRIMARY KEY CHECK (id = 1), token INTEGER NOT NULL, read_through INTEGER NOT NULL) STRICT;
        INSERT INTO spend_owner VALUES (1, 0, -1) ON CONFLICT DO NOTHING;
        CREATE TABLE IF NOT EXISTS spend_covered (
            partition INTEGER PRIMARY KEY NOT NULL, version INTEGER NOT NULL, sealed_ms INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS spend_minutes (
            partition INTEGER NOT NULL,
            minute_ms INTEGER NOT NULL,
            campaign_id TEXT NOT NULL,
            currency TEXT NOT NULL,
            version INTEGER NOT NULL,
            micros INTEGER NOT NULL,
            PRIMARY KEY (partition, minute_ms, campaign_id, currency)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS spend_days (
            day INTEGER NOT NULL,
            campaign_id TEXT NOT NULL,
            currency TEXT NOT NULL,
            micros INTEGER NOT NULL,
            PRIMARY KEY (day, campaign_id, currency)
        ) STRICT, WITHOUT ROWID;
        """;

    public const string Version = "SELECT coalesce(max(version), 0) FROM budgets";

    public const string Columns = "campaign_id, advertiser_id, currency, daily_micros, total_micros, start_day, end_day, version";

    public const string Find = $"SELECT {Columns} FROM budgets WHERE campaign_id = $campaign";

    public const string List = $"SELECT {Columns} FROM budgets ORDER BY campaign_id";

    public const string Put =
        "INSERT OR REPLACE INTO budgets VALUES ($campaign, $advertiser, $currency, $daily, $total, $start, $end, $version)";

    public const string TakeOver = "UPDATE spend_owner SET token = token + 1 RETURNING token";

    public const string Token = "SELECT token FROM spend_owner";

    public const string ReadThrough = "SELECT read_through FROM spend_owner";

    public const string PutReadThrough = "UPDATE spend_owner SET read_through = $through";

    public const string ReadCovered = "SELECT partition, version, sealed_ms FROM spend_covered";

    public const string ReadMinutes = "SELECT campaign_id, currency, partition, minute_ms, version, micros FROM spend_minutes";

    public const string ReadDays = "SELECT campaign_id, currency, day, micros FROM spend_days";

    public const string Cover = "INSERT OR REPLACE INTO spend_covered VALUES ($partition, $version, $sealed)";

    public const string DropSealed = "DELETE FROM spend_minutes WHERE partition = $partition AND minute_ms < $sealed";

    public const string PutMinute =
        "INSERT OR REPLACE INTO spend_minutes VALUES ($partition, $minute, $campaign, $currency, $version, $micros)";

    public const string PutDay = "INSERT OR REPLACE INTO spend_days VALUES ($day, $campaign, $currency, $micros)";

    public const string ForgetDays =
        "DELETE FROM spend_days WHERE day < $day AND campaign_id NOT IN (SELECT campaign_id FROM budgets)";

    public const string ForgetMinutes =
        "DELETE FROM spend_minutes WHERE minute_ms < $day * 86400000 AND campaign_id NOT IN (SELECT campaign_id FROM budgets)";
}
