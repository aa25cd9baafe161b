using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Requests;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Statements;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Views;

/// <summary>
/// <c>GET /api/v1/views/finance?day&amp;advertiser_id&amp;currency&amp;month</c>: all that the finance page shows. What is not named is chosen: the newest closed
/// day, the first journal, the month of the day.
/// </summary>
internal static class FinanceView
{
    private const int MaxCloses = 31;
    private const int MaxBackfills = 20;
    private const string ClosePrefix = "close-";

    public static async Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!TryDay(query["day"].ToString(), out var day) || !TryMonth(query["month"].ToString(), out var named))
        {
            await FinanceProblems.BadRequest("day is a date, such as 2026-07-01, and month a month, such as 2026-07.").WriteAsync(context);
            return;
        }

        var services = context.RequestServices;
        var cancellation = context.RequestAborted;
        var workflows = services.GetRequiredService<IWorkflowClient>();
        var closes = (await workflows.ListAsync(ClosePrefix, MaxCloses, null, cancellation)).Runs;
        var backfills = (await workflows.ListAsync(BackfillRequest.IdPrefix, MaxBackfills, null, cancellation)).Runs;
        var ledger = services.GetRequiredService<ILedger>();
        var journals = await ledger.ListJournalsAsync(cancellation);
        day ??= NewestClosed(closes);
        var month = named ?? MonthOf(day ?? DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime));
        var journal = JournalOf(journals, query["advertiser_id"].ToString(), query["currency"].ToString());
        var report = day is { } closed ? await ReportAsync(services.GetRequiredService<ILake>(), closed, cancellation) : null;
        var statement = journals.Any(head => head.Journal == journal) ? await StatementAsync(ledger, journal!, month, cancellation) : null;
        await TaggedJson.SendAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("day", day is { } chosen ? Text(chosen) : null);
            writer.WriteString("advertiser_id", journal?.AdvertiserId);
            writer.WriteString("currency", journal?.Currency);
            writer.WriteString("month", month.ToString());
            Write(writer, "closes", closes, RunJson.Write);
            Write(writer, "backfills", backfills, BackfillRuns.Write);
            LedgerEndpoint.Write(writer, journals);
            WriteRaw(writer, "report", report);
            WriteRaw(writer, "statement", statement);
            writer.WriteEndObject();
        });
    }

    private static DateOnly? NewestClosed(IReadOnlyList<WorkflowStatus> closes) =>
        closes.FirstOrDefault(run => run.State == WorkflowState.Completed) is { } run ? FinanceRequest.Date(run.InstanceId[ClosePrefix.Length..]) : null;

    // Of an advertiser without a currency its first; one that has no journal may still be asked about.
    private static JournalId? JournalOf(IReadOnlyList<JournalHead> journals, string advertiser, string currency)
    {
        var found = journals.FirstOrDefault(head => (advertiser.Length == 0 || head.Journal.AdvertiserId == advertiser) && (currency.Length == 0 || head.Journal.Currency == currency));
        return found is not null ? found.Journal
            : advertiser.Length > 0 && (currency.Length > 0 ? currency : (journals is [var first, ..] ? first.Journal.Currency : null)) is { } other ? FinanceRequest.Journal(advertiser, other)
            : null;
    }

    private static async Task<byte[]?> ReportAsync(ILake lake, DateOnly day, CancellationToken cancellationToken)
    {
        if (await ReconciliationReports.FindAsync(lake, Text(day), null, cancellationToken) is not { } record)
            return null;
        using var content = new MemoryStream();
        await using var file = await lake.OpenReadAsync(record.Reports + ReconciliationReports.JsonName, cancellationToken);
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private static async Task<byte[]> StatementAsync(ILedger ledger, JournalId journal, StatementMonth month, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await StatementDocument.WriteAsync(await new StatementBuilder(ledger).BuildAsync(journal, month, cancellationToken), StatementFormat.Json, content, cancellationToken);
        return content.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<WorkflowStatus> runs, Action<Utf8JsonWriter, WorkflowStatus> write)
    {
        writer.WriteStartArray(name);
        foreach (var run in runs)
            write(writer, run);
        writer.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, byte[]? json)
    {
        writer.WritePropertyName(name);
        if (json is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(json);
    }

    private static bool TryDay(string text, out DateOnly? day)
    {
        day = FinanceRequest.Date(text);
        return text.Length == 0 || day is { Year: < 9999 };
    }

    private static bool TryMonth(string text, out StatementMonth? month)
    {
        month = null;
        if (text.Length == 0)
            return true;
        try
        {
            month = StatementMonth.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            // What is no month is said to the caller.
            return false;
        }
    }

    private static StatementMonth MonthOf(DateOnly day) => new(day.Year, day.Month);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
