using ClickFuncs.Batch.Judgement;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>Makes the report of a day from its recount and the stream's rows.</summary>
public sealed class Reconciler(ReconciliationOptions options)
{
    /// <summary>Compares, and sums up what was found. The table <c>compared</c> stays for those who write the details.</summary>
    /// <param name="connection">A database of its own, with the relations <c>recount</c>, the rows of all buckets, and <c>stream_hours</c>,
    /// see <see cref="StreamHours"/>.</param>
    /// <param name="header">What the report says beside the figures.</param>
    public ReconciliationReport Run(DuckDbConnection connection, ReportHeader header)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(header);
        Comparison.Compare(connection);
        var figures = new ComparisonFigures(connection);
        var currencies = figures.ByCurrency();
        var unexplained = figures.Unexplained(options.ListedRows);
        return new ReconciliationReport
        {
            Date = header.Date,
            Revision = header.Revision,
            Policy = header.Policy,
            Cut = header.Cut,
            Currencies = currencies,
            Judgement = header.Judgement,
            Copies = header.Copies,
            Quarantined = header.Quarantined,
            Unexplained = unexplained,
            Alerts = Alerts(currencies, unexplained, options.DriftAlertPpm),
            Advertisers = figures.ByAdvertiser(),
        };
    }

    /// <summary>The alerts that figures call for. Pure.</summary>
    internal static IReadOnlyList<string> Alerts(
        IReadOnlyList<CurrencyFigures> currencies, UnexplainedFigures unexplained, int driftAlertPpm)
    {
        var alerts = new List<string>();
        if (currencies.Any(figures => figures.DriftPpm.Clicks > driftAlertPpm || figures.DriftPpm.Spend > driftAlertPpm))
            alerts.Add("drift");
        if (unexplained.Rows > 0)
            alerts.Add("unexplained");
        return alerts;
    }
}

/// <summary>What a report says beside the figures of the comparison.</summary>
/// <param name="Date">The day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Revision">From 1.</param>
/// <param name="Policy">The stream's policy.</param>
/// <param name="Cut">What was taken into account.</param>
/// <param name="Copies">Copies recognised.</param>
/// <param name="Quarantined">Records put aside, by reason.</param>
public sealed record ReportHeader(
    string Date, int Revision, ReportPolicy Policy, IReadOnlyList<ReportCut> Cut, CopyFigures Copies, IReadOnlyDictionary<string, long> Quarantined)
{
    /// <summary>What judging clicks again came to; null if they were not.</summary>
    public JudgementFigures? Judgement { get; init; }
}
