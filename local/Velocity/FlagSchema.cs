namespace ClickFuncs.Local.Velocity;

/// <summary>Tables and statements of <c>velocity.db</c>. Identities are pseudonyms; no address and no user id is in it.</summary>
internal static class FlagSchema
{
    public const string Open = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        CREATE TABLE IF NOT EXISTS flags (
            identity INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            from_ms INTEGER NOT NULL,
            until_ms INTEGER NOT NULL,
            peak INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS flags_by_end ON flags (until_ms);
        CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY CHECK (id = 0), token INTEGER NOT NULL, read_from INTEGER NOT NULL) STRICT;
        INSERT INTO head VALUES (0, 0, 0) ON CONFLICT DO NOTHING;
        """;

    public const string TakeOver = "UPDATE head SET token = token + 1 RETURNING token, read_from";

    public const string List = "SELECT identity, kind, from_ms, until_ms, peak FROM flags";

    public const string Advance = "UPDATE head SET read_from = max(read_from, $from) WHERE token = $token";

    public const string Put = """
        INSERT INTO flags (identity, kind, from_ms, until_ms, peak) VALUES ($identity, $kind, $first, $until, $peak)
        ON CONFLICT (identity) DO UPDATE SET kind = excluded.kind, from_ms = excluded.from_ms, until_ms = excluded.until_ms, peak = excluded.peak
        """;

    public const string Forget = "DELETE FROM flags WHERE until_ms <= $before";
}
