using ClickFuncs.Batch.Statements;
using ClickFuncs.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary><c>GET /api/v1/finance/statements?advertiser_id&amp;month=2026-07&amp;currency=USD&amp;format=json|csv|parquet|html</c>. The currency may be left out when there is one only.</summary>
internal static class StatementEndpoint
{
    public static async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (advertiser, month) = (query["advertiser_id"].ToString(), query["month"].ToString());
        if (advertiser.Length == 0 || month.Length == 0)
        {
            await FinanceProblems.BadRequest("Name advertiser_id and month, such as month=2026-07.").WriteAsync(context);
            return;
        }

        if (FormOf(query["format"].ToString()) is not { } form)
        {
            await FinanceProblems.BadForm.WriteAsync(context);
            return;
        }

        StatementMonth parsed;
        try
        {
            parsed = StatementMonth.Parse(month);
        }
        catch (FormatException wrong)
        {
            await FinanceProblems.BadRequest(wrong.Message).WriteAsync(context);
            return;
        }

        var ledger = context.RequestServices.GetRequiredService<ILedger>();
        var currency = query["currency"].ToString();
        var journals = (await ledger.ListJournalsAsync(context.RequestAborted))
            .Select(head => head.Journal)
            .Where(journal => journal.AdvertiserId == advertiser && (currency.Length == 0 || journal.Currency == currency))
            .ToList();
        if (journals.Count == 0)
            await FinanceProblems.NothingPosted.WriteAsync(context);
        else if (journals.Count > 1)
            await FinanceProblems.BadRequest($"The advertiser has several currencies; name one: {string.Join(", ", journals.Select(journal => journal.Currency))}.").WriteAsync(context);
        else
            await WriteAsync(context, await new StatementBuilder(ledger).BuildAsync(journals[0], parsed, context.RequestAborted), form);
    }

    // By name alone: an enum's own parser takes numbers too.
    private static StatementFormat? FormOf(string name) => name switch
    {
        "" or "json" => StatementFormat.Json,
        "csv" => StatementFormat.Csv,
        "parquet" => StatementFormat.Parquet,
        "html" => StatementFormat.Html,
        _ => null,
    };

    // An advertiser's id may be any text, so the name of the file leaves it out.
    private static string FileName(Statement statement, StatementFormat form) =>
        $"attachment; filename=\"statement-{statement.Month}-{statement.Journal.Currency}.{(form == StatementFormat.Csv ? "csv" : "parquet")}\"";

    private static async Task WriteAsync(HttpContext context, Statement statement, StatementFormat form)
    {
        // Made whole before the first byte: a failure on the way must not look like a short statement.
        using var document = new MemoryStream();
        await StatementDocument.WriteAsync(statement, form, document, context.RequestAborted);
        var response = context.Response;
        response.ContentType = StatementDocument.MediaType(form);
        response.ContentLength = document.Length;
        response.Headers.CacheControl = "no-store";
        if (form == StatementFormat.Html)
            response.Headers.ContentSecurityPolicy = DocumentPolicy.Value;
        else if (form != StatementFormat.Json)
            response.Headers.ContentDisposition = FileName(statement, form);
        document.Position = 0;
        await document.CopyToAsync(response.Body, context.RequestAborted);
    }
}
