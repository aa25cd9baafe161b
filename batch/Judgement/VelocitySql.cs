using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Judgement;

/// <summary>
/// The velocity rules (docs/decisions/0016) over all clicks of a share of the identities. Time goes in steps; a step breaches when the window that ends
/// with it holds more clicks than allowed. A click is flagged if a breaching step began no longer than the cooling before it.
/// </summary>
internal sealed class VelocitySql(JudgementRules rules, int day)
{
    /// <summary>An identity that is an address.</summary>
    internal const int Ip = 0;

    /// <summary>An identity that is a user.</summary>
    internal const int User = 1;

    private const string Identity = "kind, key, ad_id";

    internal static string Clicks(IReadOnlyList<string> files, HashRange keys) =>
        $"""
        CREATE TEMP VIEW clicks AS SELECT * FROM read_parquet({SqlText.ListOf(files)})
        WHERE key BETWEEN {SqlText.Of(keys.First)} AND {SqlText.Of(keys.Last)}
        """;

    /// <summary>Those of identities that have more clicks in all than a window may hold: nobody else can be flagged.</summary>
    internal string Suspects =>
        $"""
        CREATE TEMP TABLE suspects AS
        SELECT *, event_time_ms // {rules.ResolutionMs} AS step FROM clicks
        SEMI JOIN (SELECT {Identity} FROM clicks WHERE {Asked} GROUP BY {Identity} HAVING count(*) > {rules.Threshold}) USING ({Identity})
        """;

    internal string Breaches =>
        $"""
        CREATE TEMP TABLE breaches AS
        WITH steps AS (SELECT {Identity}, step, count(*) AS clicks FROM suspects GROUP BY {Identity}, step),
        sums AS (
            SELECT {Identity}, step, sum(clicks) OVER (
                PARTITION BY {Identity} ORDER BY step RANGE BETWEEN {rules.WindowSteps - 1} PRECEDING AND CURRENT ROW)::BIGINT AS in_window
            FROM steps)
        SELECT {Identity}, step, step * {rules.ResolutionMs} AS breach_ms, in_window FROM sums WHERE in_window > {rules.Threshold}
        """;

    /// <summary>When the flag that each breach belongs to began: breaches within the cooling of the one before make one flag longer.</summary>
    internal string Flags =>
        $"""
        CREATE TEMP TABLE flags AS
        WITH beginnings AS (
            SELECT *, CASE WHEN breach_ms < lag(breach_ms) OVER (PARTITION BY {Identity} ORDER BY step) + {rules.CoolingMs} THEN 0 ELSE 1 END AS begins
            FROM breaches),
        numbered AS (SELECT *, sum(begins) OVER (PARTITION BY {Identity} ORDER BY step) AS flag FROM beginnings)
        SELECT {Identity}, step, breach_ms, in_window, min(breach_ms) OVER (PARTITION BY {Identity}, flag) AS flagged_ms FROM numbered
        """;

    /// <summary>The flagged clicks of the day, each with the newest breach before it, in the order in which buckets look for them.</summary>
    internal string Write(string local, string digest) =>
        $"""
        COPY (
            SELECT s.id_hash, s.partition, s.sequence, s.kind, f.flagged_ms, f.breach_ms, f.in_window
            FROM suspects s ASOF JOIN flags f ON s.kind = f.kind AND s.key = f.key AND s.ad_id = f.ad_id AND s.step >= f.step
            WHERE s.event_time_ms < f.breach_ms + {rules.CoolingMs}
                AND s.event_time_ms >= {SqlText.Of(EventDays.StartMs(day))} AND s.event_time_ms < {SqlText.Of(EventDays.StartMs(day + 1))}
            ORDER BY ALL)
        {MadeFile.To(local, digest)}
        """;

    private string Asked
    {
        get
        {
            var off = rules.With(RuleEffect.Off);
            return $"({off.HasFlag(VerdictReasons.VelocityIp).ToString().ToLowerInvariant()} = false OR kind <> {Ip}) "
                + $"AND ({off.HasFlag(VerdictReasons.VelocityUser).ToString().ToLowerInvariant()} = false OR kind <> {User})";
        }
    }
}
