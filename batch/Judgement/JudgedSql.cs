using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Judgement;

/// <summary>
/// The statements that judge the clicks of a share of a recount again, those that count. Reasons that were seen in the click itself stay, those of the
/// stream's velocity rules give way to those found at night, and what a reason does is what the rules say now.
/// </summary>
internal sealed class JudgedSql(JudgementRules rules)
{
    internal const string Columns =
        """
        partition, sequence, click_id, event_time_ms, advertiser_id, campaign_id, ad_id, currency, cost_micros, tier_before, reasons_before, bill_before,
        tier_after, reasons_after, bill_after, ip_flagged_ms, ip_breach_ms, ip_clicks, user_flagged_ms, user_breach_ms, user_clicks
        """;

    private const VerdictReasons KnownReasons = (VerdictReasons)(((ulong)VerdictReasons.VelocityUser << 1) - 1);

    /// <summary>No rules: nothing is judged again.</summary>
    internal static string None => $"CREATE TEMP TABLE rejudged AS SELECT 0::BIGINT AS hour_ms, {RecountSql.EmptyKeys}, 0::BIGINT AS cost_micros, 0 AS bill_before, 0 AS bill_after, '' AS reason_before, '' AS reason_after WHERE false";

    /// <summary>The flagged clicks of a share of the ids.</summary>
    internal static string Flagged(IReadOnlyList<string> files, string hashes) =>
        $"""
        CREATE TEMP TABLE flagged AS
        SELECT partition, sequence, {Of(VelocitySql.Ip, "ip")}, {Of(VelocitySql.User, "user")}
        FROM {Read(files)} WHERE {hashes} GROUP BY partition, sequence
        """;

    /// <summary>The clicks that count and were flagged, or are judged otherwise than they came.</summary>
    internal string Rejudged =>
        $"""
        CREATE TEMP TABLE rejudged AS
        WITH clicks AS (
            FROM day_events ANTI JOIN judged USING (id_hash) SELECT * WHERE type = 0
            UNION ALL
            FROM day_events SEMI JOIN (FROM marks WHERE cause = {(int)RecountCause.Truth} AND counts = 1) USING (partition, sequence) SELECT * WHERE type = 0),
        reasoned AS (
            SELECT clicks.*, flagged.* EXCLUDE (partition, sequence), coalesce(verdict_tier, 0) AS tier_before,
                coalesce(verdict_reasons, 0)::UBIGINT AS reasons_before,
                (coalesce(verdict_reasons, 0) & {SqlText.Of(~(ulong)(VerdictReasons.VelocityIp | VerdictReasons.VelocityUser))})
                    | CASE WHEN ip_flagged_ms IS NULL THEN 0 ELSE {Bit(VerdictReasons.VelocityIp)} END
                    | CASE WHEN user_flagged_ms IS NULL THEN 0 ELSE {Bit(VerdictReasons.VelocityUser)} END AS reasons_found
            FROM clicks LEFT JOIN flagged USING (partition, sequence)
            WHERE coalesce(verdict_reasons, 0) <> 0 OR ip_flagged_ms IS NOT NULL OR user_flagged_ms IS NOT NULL),
        judged_again AS (
            SELECT *, greatest({Kept}, {Found}) AS tier_found FROM reasoned)
        SELECT {RecountSql.Hour} AS hour_ms, {RecountSql.Keys}, partition, sequence, click_id, event_time_ms, cost_micros,
            tier_before::UTINYINT AS tier_before, reasons_before, {RecountSql.BillOf("tier_before")} AS bill_before,
            tier_found::UTINYINT AS tier_after, CASE WHEN tier_found < 2 THEN 0 ELSE reasons_found END::UBIGINT AS reasons_after,
            {RecountSql.BillOf("tier_found")} AS bill_after,
            CASE WHEN tier_before = 3 THEN {ReasonSql.Deciding("reasons_before")} ELSE '' END AS reason_before,
            CASE WHEN tier_found = 3 THEN {ReasonSql.Deciding("reasons_found")} ELSE '' END AS reason_after,
            ip_flagged_ms, ip_breach_ms, ip_clicks, user_flagged_ms, user_breach_ms, user_clicks
        FROM judged_again
        WHERE tier_found <> tier_before OR reasons_found <> reasons_before OR ip_flagged_ms IS NOT NULL OR user_flagged_ms IS NOT NULL
        """;

    internal static string Write(string local, string digest) => $"COPY (SELECT {Columns} FROM rejudged ORDER BY ALL) {MadeFile.To(local, digest)}";

    internal static string Merge(IReadOnlyList<string> files, string local, string digest) =>
        $"COPY (SELECT {Columns} FROM read_parquet({SqlText.ListOf(files)}) ORDER BY ALL) {MadeFile.To(local, digest)}";

    // A verdict whose reasons were not kept, or that this version doesn't know, stays what it is.
    private static string Kept => $"CASE WHEN verdict_reasons IS NULL OR reasons_before & {SqlText.Of(~(ulong)KnownReasons)} <> 0 THEN tier_before ELSE least(tier_before, 1) END";

    private string Found => $"CASE WHEN reasons_found & {Bit(rules.With(RuleEffect.Invalid))} <> 0 THEN 3 WHEN reasons_found & {Bit(rules.With(RuleEffect.Suspect))} <> 0 THEN 2 ELSE 0 END";

    private static string Bit(VerdictReasons reasons) => SqlText.Of((ulong)reasons);

    private static string Of(int kind, string name) =>
        $"max(flagged_ms) FILTER (kind = {kind}) AS {name}_flagged_ms, max(breach_ms) FILTER (kind = {kind}) AS {name}_breach_ms, max(in_window) FILTER (kind = {kind}) AS {name}_clicks";

    private static string Read(IReadOnlyList<string> files) => files.Count > 0
        ? $"read_parquet({SqlText.ListOf(files)})"
        : "(SELECT 0::UBIGINT AS id_hash, 0 AS partition, 0::BIGINT AS sequence, 0 AS kind, 0::BIGINT AS flagged_ms, 0::BIGINT AS breach_ms, 0::BIGINT AS in_window WHERE false)";
}
