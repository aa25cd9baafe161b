using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Batch.Judgement;

/// <summary>
/// The statements that find, in a share of the events, the clicks that the velocity rules look at: each once, by its identities. A click is that
/// of its first copy, as in the recount. Looked at is the day and what before it may flag somebody of the day.
/// </summary>
internal sealed class IdentitySql(RecountSql events, DayCut cut, JudgementRules rules, int day)
{
    internal const string Columns = "key, kind, ad_id, event_time_ms, partition, sequence, id_hash";

    private long LookBackMs => cut.Policy.LookBackStartMs(day);

    private long FromMs => EventDays.StartMs(day) - rules.ReachMs;

    // A step that holds the day's midnight ends after it, and all of its clicks are simultaneous.
    private long ToMs => (EventDays.StartMs(day + 1) + rules.ResolutionMs - 1) / rules.ResolutionMs * rules.ResolutionMs;

    /// <summary>First day whose events matter: those of before the reach tell which clicks are repeats.</summary>
    internal int FirstDay => EventDays.Of(Math.Min(FromMs, LookBackMs));

    internal int LastDay => EventDays.Of(ToMs - 1);

    // Parts that don't tell the reasons don't tell the machine's own address either: nobody is judged by the address there.
    internal string Clicks(IReadOnlyList<string> files) =>
        $"""
        CREATE TEMP VIEW clicks AS
        SELECT partition, sequence, event_time_ms, id_hash, click_id, ad_id, user_key, CASE WHEN verdict_reasons IS NULL THEN 0 ELSE ip_key END AS ip_key
        FROM ({events.Events(files)}) WHERE type = 0
            AND event_time_ms >= {SqlText.Of(Math.Min(FromMs, LookBackMs))} AND event_time_ms < {SqlText.Of(ToMs)}
        """;

    /// <summary>Hashes of ids that may have several copies; nearly all have one, and are never compared.</summary>
    internal string Repeated =>
        $"""
        CREATE TEMP TABLE repeated AS
        SELECT id_hash FROM (SELECT id_hash FROM clicks WHERE event_time_ms >= {SqlText.Of(FromMs)}) GROUP BY id_hash HAVING count(*) > 1
        UNION SELECT id_hash FROM (SELECT id_hash FROM clicks WHERE event_time_ms >= {SqlText.Of(FromMs)})
            SEMI JOIN (SELECT id_hash FROM clicks WHERE event_time_ms < {SqlText.Of(FromMs)}) USING (id_hash)
        """;

    internal string Counted =>
        $"""
        CREATE TEMP TABLE counted AS
        SELECT * EXCLUDE (click_id) FROM clicks ANTI JOIN repeated USING (id_hash) WHERE event_time_ms >= {SqlText.Of(FromMs)}
        UNION ALL
        SELECT * EXCLUDE (click_id, nth) FROM (
            SELECT *, row_number() OVER (
                PARTITION BY click_id, event_time_ms < {SqlText.Of(LookBackMs)} ORDER BY event_time_ms, partition, sequence) AS nth
            FROM clicks SEMI JOIN repeated USING (id_hash))
        WHERE nth = 1 AND event_time_ms >= {SqlText.Of(FromMs)}
        """;

    /// <summary>Writes them in the order of their identities, so that a share of these is a stretch of the file.</summary>
    internal static string Write(string local, string digest) =>
        $"""
        COPY (
            SELECT {Columns} FROM (
                SELECT *, ip_key AS key, {VelocitySql.Ip}::UTINYINT AS kind FROM counted
                UNION ALL SELECT *, user_key AS key, {VelocitySql.User}::UTINYINT AS kind FROM counted)
            WHERE key <> 0 ORDER BY ALL)
        {MadeFile.To(local, digest)}
        """;

    /// <summary>The same of several such files.</summary>
    internal static string Merge(IReadOnlyList<string> files, string local, string digest) =>
        $"COPY (SELECT {Columns} FROM read_parquet({SqlText.ListOf(files)}) ORDER BY ALL) {MadeFile.To(local, digest)}";
}
