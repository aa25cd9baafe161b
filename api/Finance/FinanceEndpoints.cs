using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.Views;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Reconciliation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Finance;

/// <summary>
/// What finance starts and reads: closes, reports, backfills, statements, evidence, ledger. A host that maps them registers the lake, the
/// ledger, the workflows' client and <see cref="FinanceSettings"/>.
/// </summary>
public static class FinanceEndpoints
{
    private const string Root = "/api/v1/finance";

    private static readonly QueryParameter Format = new("format", "json (default), csv, parquet or html.");
    private static readonly QueryParameter Advertiser = new("advertiser_id", "The advertiser.", true);

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapFinance(this IEndpointRouteBuilder endpoints)
    {
        var finance = endpoints.MapGroup(Root).RequireAuthorization(Access.FinanceBooks);
        finance.MapPost("/reconciliations", ReconciliationRuns.StartAsync)
            .Describe("Finance", "Starts the close of a day; Location says where to follow it.").Reads(typeof(CloseBody)).Answers(typeof(RunAnswer<CloseOutcomeAnswer>), 202).Refuses(400, 415);
        finance.MapGet("/reconciliations", ReconciliationRuns.ListAsync)
            .Describe("Finance", "Closes, the newest day first.", new("limit", "1 to 200."), new("continuation", "Of the page before.")).Answers(typeof(RunsAnswer<CloseOutcomeAnswer>)).Refuses(400);
        finance.MapGet("/reconciliations/{date}", ReconciliationRuns.GetAsync)
            .Describe("Finance", "The newest close of a day.").Answers(typeof(RunAnswer<CloseOutcomeAnswer>)).Refuses(404);
        finance.MapGet("/reconciliations/{date}/report", ReconciliationReports.GetAsync)
            .Describe("Finance", "The report of a close.", Format, new("revision", "The newest unless named.")).Answers(typeof(ReconciliationReport)).AlsoAs("text/csv", "application/vnd.apache.parquet", "text/html").Refuses(400, 404, 503);
        finance.MapPost("/backfills", BackfillRuns.StartAsync)
            .Describe("Finance", "Counts a range again; Location says where to follow it.").Reads(typeof(BackfillAsked)).Answers(typeof(RunAnswer<BackfillOutcome>), 202).Refuses(400, 409, 415);
        finance.MapGet("/backfills", BackfillRuns.ListAsync)
            .Describe("Finance", "Backfills, the latest ranges first.", new("limit", "1 to 200."), new("continuation", "Of the page before.")).Answers(typeof(RunsAnswer<BackfillOutcome>)).Refuses(400);
        finance.MapGet("/backfills/{id}", BackfillRuns.GetAsync)
            .Describe("Finance", "The newest backfill of a range.").Answers(typeof(RunAnswer<BackfillOutcome>)).Refuses(404);
        finance.MapGet("/backfills/{id}/difference", BackfillDifferences.GetAsync)
            .Describe("Finance", "What a backfill changes, or would change, as CSV.").Answers(typeof(string), 200, "text/csv").Refuses(404, 503);
        finance.MapPost("/backfills/{id}/apply", BackfillDecisions.ApplyAsync)
            .Describe("Finance", "Swaps a kept result in.").Answers(typeof(RunAnswer<BackfillOutcome>), 202).Refuses(404, 409);
        finance.MapPost("/backfills/{id}/discard", BackfillDecisions.DiscardAsync)
            .Describe("Finance", "Throws a kept result away.").Answers(typeof(RunAnswer<BackfillOutcome>), 202).Refuses(404, 409);
        finance.MapGet("/statements", StatementEndpoint.GetAsync)
            .Describe("Finance", "What an advertiser was charged and paid in a month.", Advertiser, new("month", "Such as 2026-11.", true), new("currency", "Needed if there are several."), Format).Answers(typeof(StatementAnswer)).AlsoAs("text/csv", "application/vnd.apache.parquet", "text/html").Refuses(400, 404, 503);
        finance.MapGet("/evidence", EvidenceEndpoint.GetAsync)
            .Describe("Finance", "The clicks behind a line of a statement, from the archive.", new("date", "The day.", true), Advertiser, new("campaign_id", "The campaign.", true), new("ad_id", "Only this ad."), new("hour", "Only this hour, 0 to 23."), new("revision", "The newest unless named."), new("limit", "1 to 1000."), new("continuation", "Of the page before.")).Answers(typeof(EvidenceAnswer)).Refuses(400, 404, 409, 503);
        finance.MapGet("/ledger/journals", LedgerEndpoint.ListAsync)
            .Describe("Finance", "What each advertiser owes, by currency.").Answers(typeof(JournalsAnswer)).Refuses(503);
        finance.MapGet("/ledger/entries", LedgerEndpoint.EntriesAsync)
            .Describe("Finance", "The entries of a journal in order.", Advertiser, new("currency", "The currency.", true), new("from", "First sequence number."), new("limit", "1 to 1000.")).Answers(typeof(EntriesAnswer)).Refuses(400, 404, 503);
        endpoints.MapGet("/api/v1/views/finance", FinanceView.HandleAsync).RequireAuthorization(Access.FinanceBooks)
            .Describe("Views", "All that the finance page shows, in one answer with an ETag.", new("day", "The day of the report; the newest closed one unless named."), new("advertiser_id", "Whose statement; the first journal's unless named."), new("currency", "In which currency."), new("month", "Of which month."))
            .Answers(typeof(FinanceViewAnswer)).Refuses(400);
        return endpoints;
    }
}
