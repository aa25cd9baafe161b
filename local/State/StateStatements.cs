namespace ClickFuncs.Local.State;

/// <summary>The statements that change state. Each compare-and-set is one UPDATE: no row changed means refused.</summary>
internal static class StateStatements
{
    public const string Acquire = """
        INSERT INTO head (partition, token, owner, watermark_ms) VALUES (?1, 1, ?2, ?3)
        ON CONFLICT (partition) DO UPDATE SET token = token + 1, owner = excluded.owner
        RETURNING token, snapshot_position, snapshot_token
        """;

    public const string ReadHead = "SELECT token, position, published, snapshot_position FROM head WHERE partition = ?1";

    public const string Advance = """
        UPDATE head SET position = ?4, watermark_ms = ?5, committed_at_ms = ?6, events_read = ?7, accepted = ?8, duplicates = ?9,
            late_dropped = ?10, quarantined = ?11, non_clicks = ?12, invalid = ?13
        WHERE partition = ?1 AND token = ?2 AND position = ?3
        """;

    public const string AddDelta = "INSERT INTO deltas (partition, first, last, checksum, body) VALUES (?1, ?2, ?3, ?4, ?5)";

    public const string AddSideOutput = """
        INSERT INTO side_outputs (partition, kind, sequence, reason, event_time_ms, arrival_ms, record)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """;

    public const string OldestSideOutputs =
        "SELECT sequence, arrival_ms FROM side_outputs WHERE partition = ?1 AND kind = ?2 ORDER BY sequence LIMIT ?3";

    public const string DeleteSideOutputs = "DELETE FROM side_outputs WHERE partition = ?1 AND kind = ?2 AND sequence <= ?3";

    public const string Publish = """
        UPDATE head SET published = max(published, ?3) WHERE partition = ?1 AND token = ?2 AND position >= ?3
        """;

    /// <summary>Also the snapshot that is there already may be written again, by an owner that does not know.</summary>
    public const string NameSnapshot = """
        UPDATE head SET snapshot_position = ?3, snapshot_token = ?2
        WHERE partition = ?1 AND token = ?2 AND published >= ?3 AND snapshot_position <= ?3 AND ?3 >= 0
            AND (snapshot_position = ?3 OR EXISTS (SELECT 1 FROM deltas WHERE deltas.partition = ?1 AND last = ?3))
        """;

    public const string CoveredDeltas = """
        SELECT last, length(body) FROM deltas
        WHERE partition = ?1 AND last <= (SELECT snapshot_position FROM head WHERE partition = ?1) ORDER BY last
        """;

    public const string DeleteDeltas = """
        DELETE FROM deltas
        WHERE partition = ?1 AND last <= min(?2, (SELECT snapshot_position FROM head WHERE partition = ?1))
        """;
}
