using ClickFuncs.Api.SignIn;
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

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapFinance(this IEndpointRouteBuilder endpoints)
    {
        var finance = endpoints.MapGroup(Root).RequireAuthorization(Access.FinanceBooks);
        finance.MapPost("/reconciliations", ReconciliationRuns.StartAsync);
        finance.MapGet("/reconciliations", ReconciliationRuns.ListAsync);
        finance.MapGet("/reconciliations/{date}", ReconciliationRuns.GetAsync);
        finance.MapGet("/reconciliations/{date}/report", ReconciliationReports.GetAsync);
        finance.MapPost("/backfills", BackfillRuns.StartAsync);
        finance.MapGet("/backfills", BackfillRuns.ListAsync);
        finance.MapGet("/backfills/{id}", BackfillRuns.GetAsync);
        finance.MapGet("/backfills/{id}/difference", BackfillDifferences.GetAsync);
        finance.MapPost("/backfills/{id}/apply", BackfillDecisions.ApplyAsync);
        finance.MapPost("/backfills/{id}/discard", BackfillDecisions.DiscardAsync);
        finance.MapGet("/statements", StatementEndpoint.GetAsync);
        finance.MapGet("/evidence", EvidenceEndpoint.GetAsync);
        finance.MapGet("/ledger/journals", LedgerEndpoint.ListAsync);
        finance.MapGet("/ledger/entries", LedgerEndpoint.EntriesAsync);
        return endpoints;
    }
}
