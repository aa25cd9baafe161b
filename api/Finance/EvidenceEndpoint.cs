using System.Globalization;
using System.Text.Json;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Disputes;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Lake;
using ClickFuncs.Verdicts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary>
/// <c>GET /api/v1/finance/evidence?date&amp;advertiser_id&amp;campaign_id[&amp;ad_id][&amp;hour][&amp;revision][&amp;limit][&amp;continuation]</c>: the clicks behind a line of
/// a statement, from the archive (R29), as of the close that the line came from.
/// </summary>
internal static class EvidenceEndpoint
{
    public static async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (advertiser, campaign) = (query["advertiser_id"].ToString(), query["campaign_id"].ToString());
        var hour = -1;
        if (FinanceRequest.Date(query["date"]) is null || advertiser.Length == 0 || campaign.Length == 0 || !FinanceRequest.TryLimit(query["limit"], 100, EvidenceReader.MaxPageSize, out var limit)
            || (query["hour"].ToString() is { Length: > 0 } hourText && !(int.TryParse(hourText, NumberStyles.None, CultureInfo.InvariantCulture, out hour) && hour < 24)))
        {
            await FinanceProblems.BadRequest($"Name date, such as 2026-07-01, advertiser_id and campaign_id; hour is 0 to 23, limit 1 to {EvidenceReader.MaxPageSize}.").WriteAsync(context);
            return;
        }

        var services = context.RequestServices;
        var lake = services.GetRequiredService<ILake>();
        if (await ReconciliationReports.FindAsync(lake, query["date"], query["revision"], context.RequestAborted) is not { } record)
        {
            await FinanceProblems.NotClosed.WriteAsync(context);
            return;
        }

        var settings = services.GetRequiredService<FinanceSettings>();
        var question = new EvidenceQuery(record.Date, advertiser, campaign)
        {
            AdId = query["ad_id"].ToString() is { Length: > 0 } ad ? ad : null,
            Hour = hour < 0 ? null : hour,
        };
        var cut = new DayCut
        {
            Partitions = [.. record.Cut.Select(entry => new PartitionCut(entry.Partition, entry.Sequence, entry.Published))],
            Policy = settings.Policy,
        };
        try
        {
            var continuation = query["continuation"].ToString();
            var page = await new EvidenceReader(lake, settings.Scratch, record.Judged).ReadAsync(
                question, cut, limit, continuation.Length == 0 ? null : continuation, context.RequestAborted);
            await WriteAsync(context, record, page, await new RetiredArchives(lake).FindNewestAsync(context.RequestAborted));
        }
        catch (FormatException wrong)
        {
            await FinanceProblems.BadRequest(wrong.Message).WriteAsync(context);
        }
    }

    private static async Task WriteAsync(HttpContext context, CloseRecord record, EvidencePage page, RetiredArchive? retired)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteNumber("revision", record.Revision);
            writer.WriteStartArray("clicks");
            foreach (var click in page.Clicks)
                Write(writer, click, record.Rules, retired);
            writer.WriteEndArray();
            writer.WriteString("continuation", page.Continuation);
            writer.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter writer, EvidenceClick click, JudgementRules? rules, RetiredArchive? retired)
    {
        writer.WriteStartObject();
        writer.WriteString("click_id", click.ClickId);
        writer.WriteString("event_time", Time(click.EventTimeMs));
        writer.WriteString("arrival_time", Time(click.ArrivalMs));
        writer.WriteString("ad_id", click.Key.AdId);
        writer.WriteString("ad_group_id", click.Key.AdGroupId);
        writer.WriteString("creative_id", click.Key.CreativeId);
        writer.WriteString("device", click.Key.Device);
        writer.WriteString("country", click.Key.Country);
        writer.WriteNumber("cost_micros", click.CostMicros);
        writer.WriteString("currency", click.Key.Currency);
        writer.WriteString("user_pseudonym", Pseudonym(click.UserKey));
        writer.WriteString("ip_pseudonym", Pseudonym(click.IpKey));
        writer.WriteString("user_agent", click.UserAgent);
        writer.WriteString("referrer", click.Referrer);
        writer.WriteNumber("partition", click.Position.Partition);
        writer.WriteNumber("sequence", click.Position.Sequence);
        // Address and user id as they were are in the raw record alone.
        writer.WriteString("raw_record", retired?.Includes(click.Position.Partition, click.Position.Sequence) == true ? "removed" : "kept");
        writer.WriteBoolean("billed", click.Counts);
        writer.WriteBoolean("invalid", click.IsInvalid);
        writer.WriteBoolean("over_budget", click.IsOverBudget);
        Write(writer, "verdict", click.Verdict);
        Write(writer, "came_as", click.CameAs);
        writer.WriteStartArray("velocity");
        Write(writer, "ip", click.Address, rules);
        Write(writer, "user", click.User, rules);
        writer.WriteEndArray();
        writer.WriteString("counted_instead", click.CountedInstead is { } first ? Time(first.EventTimeMs) : null);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Verdict verdict)
    {
        writer.WriteStartObject(name);
        writer.WriteString("tier", verdict.Tier.ToString().ToLowerInvariant());
        writer.WriteStartArray("reasons");
        foreach (var reason in VerdictReasonCodes.ByWeight)
        {
            if ((verdict.Reasons & reason) != 0)
                writer.WriteStringValue(reason.Code());
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string kind, VelocityEvidence? evidence, JudgementRules? rules)
    {
        if (evidence == null)
            return;
        writer.WriteStartObject();
        writer.WriteString("kind", kind);
        writer.WriteNumber("clicks", evidence.Clicks);
        if (rules != null)
        {
            writer.WriteNumber("threshold", rules.Threshold);
            writer.WriteNumber("window_ms", rules.WindowMs);
        }

        writer.WriteString("breached_at", Time(evidence.BreachMs));
        writer.WriteString("flagged_at", Time(evidence.FlaggedMs));
        writer.WriteEndObject();
    }

    private static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Pseudonym(ulong key) => key == 0 ? null : key.ToString("x16", CultureInfo.InvariantCulture);
}
