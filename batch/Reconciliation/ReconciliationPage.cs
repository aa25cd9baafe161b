using System.Globalization;
using System.Net;
using System.Text;
using ClickFuncs.Batch.Judgement;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>The report as a page to read or print: one file, no script, nothing from elsewhere.</summary>
public static class ReconciliationPage
{
    private const string Style =
        """
        :root{color-scheme:light dark;--line:color-mix(in srgb,CanvasText 18%,Canvas);--soft:color-mix(in srgb,CanvasText 60%,Canvas)}
        body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
        p{max-width:44rem}.sub{color:var(--soft);margin:.25rem 0 1rem}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);padding:.25rem 0}
        th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
        th:first-child,td:first-child,.text{text-align:left}thead th{font-weight:600}
        .alert{border-left:4px solid #c62828;padding:.4rem .8rem;margin:1rem 0}.fine{border-left:4px solid #2e7d32;padding:.4rem .8rem;margin:1rem 0}
        .scroll{overflow-x:auto}
        @media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr{break-inside:avoid}}
        """;

    /// <summary>Writes the page as UTF-8.</summary>
    public static byte[] Write(ReconciliationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder(16 * 1024);
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Reconciliation of {report.Date}</title><style>{Style}</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Reconciliation of {report.Date}</h1>\n<p class=\"sub\">Revision {report.Revision}. The stream's count beside the recount from the raw log; the recount is what is billed.</p>\n");
        WriteVerdict(page, report);
        WriteCurrencies(page, report);
        WriteJudgement(page, report.Judgement);
        WriteUnexplained(page, report.Unexplained);
        WriteCounts(page, report);
        WriteAdvertisers(page, report);
        WritePolicy(page, report);
        page.Append("</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteVerdict(StringBuilder page, ReconciliationReport report)
    {
        if (report.Alerts.Count == 0)
            page.Append("<p class=\"fine\">Every difference is explained, and the divergence is below the threshold.</p>\n");
        if (report.Alerts.Contains("unexplained"))
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"alert\"><strong>Unexplained.</strong> {report.Unexplained.Rows} hours and keys differ for no known cause. The recount stands; find out why before trusting the stream.</p>\n");
        if (report.Alerts.Contains("drift"))
            page.Append("<p class=\"alert\"><strong>Drift.</strong> Stream and recount diverge by more than the threshold; the causes below say why.</p>\n");
    }

    private static void WriteCurrencies(StringBuilder page, ReconciliationReport report)
    {
        foreach (var figures in report.Currencies)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{CurrencyName(figures.Currency)}</h2>\n");
            BeginTable(page, "Recount minus stream, and what accounts for it", "", "Clicks", "Spend", "Impressions", "Conversions", "Hours and keys");
            Row(page, "Recount", figures.Truth, null);
            Row(page, "Stream", figures.Stream, null);
            Row(page, "Difference", figures.Difference, null);
            foreach (var cause in figures.Causes.Where(cause => cause.Rows > 0))
                Row(page, cause.Cause, cause.Counts, cause.Rows);
            Row(page, "Unexplained", figures.Unexplained, null);
            page.Append("</tbody></table></div>\n");
            page.Append(CultureInfo.InvariantCulture, $"<p>Divergence: {Percent(figures.DriftPpm.Clicks)} of the clicks, {Percent(figures.DriftPpm.Spend)} of the spend, opposite errors added up.</p>\n");
        }

        page.Append("<h2>Causes</h2>\n<dl>");
        foreach (var (name, sentence) in Cause.All)
            page.Append(CultureInfo.InvariantCulture, $"<dt><code>{name}</code></dt><dd>{sentence}</dd>");
        page.Append("</dl>\n");
    }

    private static void WriteJudgement(StringBuilder page, JudgementFigures? judgement)
    {
        if (judgement == null)
            return;
        page.Append(CultureInfo.InvariantCulture, $"<h2>Judged again</h2>\n<p>Rules {Escape(judgement.RuleSet)}: more than {judgement.Rules.Threshold} clicks of one address or user on one ad within {judgement.Rules.WindowMs / 1000m:0.###} s flag it for {judgement.Rules.CoolingMs / 60_000m:0.###} min; {string.Join(", ", judgement.Rules.Effects.Select(effect => $"{Escape(effect.Reason)} {effect.Effect.ToString().ToLowerInvariant()}"))}.</p>\n");
        if (judgement.RulesChanged)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"alert\"><strong>Rules changed.</strong> The close before judged by {Escape(judgement.RuleSetBefore ?? "none")}.</p>\n");
        BeginTable(page, "Clicks that came too fast or are judged otherwise than they came", "Reason", "Came as", "Is now", "Clicks", "Spend");
        foreach (var row in judgement.Judged)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(row.Reason)}</td><td class=\"text\">{row.Before}</td><td class=\"text\">{row.After}</td><td>{row.Clicks}</td><td>{Money(row.SpendMicros)} {Escape(row.Currency)}</td></tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static void WriteUnexplained(StringBuilder page, UnexplainedFigures unexplained)
    {
        if (unexplained.Rows == 0)
            return;
        page.Append("<h2>Unexplained rows</h2>\n");
        BeginTable(
            page,
            string.Create(CultureInfo.InvariantCulture, $"{unexplained.Listed.Count} of {unexplained.Rows}; {unexplained.MissingInStream} missing in the stream, {unexplained.MissingInTruth} missing in the recount"),
            "Hour", "Advertiser", "Campaign", "Ad", "Device, country", "Clicks: recount", "stream", "unexplained", "Spend unexplained");
        foreach (var row in unexplained.Listed)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{row.Hour}</td><td class=\"text\">{Escape(row.AdvertiserId)}</td><td class=\"text\">{Escape(row.CampaignId)}</td><td class=\"text\">{Escape(row.AdId)}</td><td class=\"text\">{Escape(row.Device)} {Escape(row.Country)}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{row.Truth.Clicks}</td><td>{row.Stream.Clicks}</td><td>{row.Unexplained.Clicks}</td><td>{Money(row.Unexplained.SpendMicros)} {Escape(row.Currency)}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void WriteCounts(StringBuilder page, ReconciliationReport report)
    {
        page.Append("<h2>Left out by both</h2>\n");
        BeginTable(page, "Records that no count holds", "What", "Records");
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>Copies of counted clicks</td><td>{report.Copies.Clicks}</td></tr>\n");
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>of these, of a click of an earlier day</td><td>{report.Copies.AcrossMidnight}</td></tr>\n");
        foreach (var (reason, count) in report.Quarantined)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>Quarantined: {Escape(reason)}</td><td>{count}</td></tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static void WriteAdvertisers(StringBuilder page, ReconciliationReport report)
    {
        page.Append("<h2>Advertisers</h2>\n");
        BeginTable(page, "Billed is the recount", "Advertiser", "Currency", "Clicks: recount", "stream", "Spend: recount", "stream", "unexplained");
        foreach (var row in report.Advertisers)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(row.AdvertiserId)}</td><td>{Escape(row.Currency)}</td><td>{row.Truth.Clicks}</td><td>{row.Stream.Clicks}</td><td>{Money(row.Truth.SpendMicros)}</td><td>{Money(row.Stream.SpendMicros)}</td><td>{Money(row.Unexplained.SpendMicros)}</td></tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static void WritePolicy(StringBuilder page, ReconciliationReport report)
    {
        var policy = report.Policy;
        page.Append("<h2>Policy and extent</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Out-of-orderness {policy.OutOfOrdernessSeconds} s, allowed lateness {policy.AllowedLatenessSeconds} s, dedup horizon {policy.DedupHorizonSeconds} s, future tolerance {policy.FutureToleranceSeconds} s; earlier copies were looked for {policy.LookBackDays} days back.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"sub\">Last record taken into account, by partition: {string.Join(", ", report.Cut.Select(cut => string.Create(CultureInfo.InvariantCulture, $"{cut.Partition}: {cut.Sequence}")))}.</p>\n");
    }

    private static void BeginTable(StringBuilder page, string caption, params ReadOnlySpan<string> columns)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\"><table><caption>{caption}</caption><thead><tr>");
        foreach (var column in columns)
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{column}</th>");
        page.Append("</tr></thead><tbody>\n");
    }

    private static void Row(StringBuilder page, string name, Counts counts, long? rows) => page.Append(
        CultureInfo.InvariantCulture,
        $"<tr><td>{name}</td><td>{counts.Clicks}</td><td>{Money(counts.SpendMicros)}</td><td>{counts.Impressions}</td><td>{counts.Conversions}</td><td>{rows}</td></tr>\n");

    private static string CurrencyName(string currency) => currency.Length == 0 ? "Without a price" : Escape(currency);

    /// <summary>Two decimals, more where the amount has them: exact.</summary>
    private static string Money(long micros) => (micros / 1_000_000m).ToString("0.00####", CultureInfo.InvariantCulture);

    private static string Percent(long ppm) => string.Create(CultureInfo.InvariantCulture, $"{ppm / 10_000m:0.####} %");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
