using System.Diagnostics.Metrics;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Budgets;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Hosting;

/// <summary>The gauges of budgets: money at risk, how old the known spend is, campaigns by state. In currency units: metrics have no micros.</summary>
internal static class BudgetGauges
{
    private const double MicrosPerUnit = 1_000_000;

    /// <summary>Registers them; they are read when somebody scrapes.</summary>
    public static void Register(BudgetBoard board, BudgetOptions options, TimeProvider time)
    {
        IReadOnlyList<BudgetEntry> Now() =>
            [.. board.Current.Entries.Select(entry => entry.At(time.GetUtcNow().ToUnixTimeMilliseconds(), options))];
        Instruments.ObserveGauge(
            BudgetInstruments.AtRisk, "{unit}", "What a campaign may have spent unseen: velocity times staleness, in currency units.",
            () => ByCampaign(Now(), options.MetricCampaigns));
        Instruments.ObserveGauge(
            BudgetInstruments.AtRiskTotal, "{unit}", "The same of all campaigns of a currency together.",
            () => Now().GroupBy(Currency).Select(all => new Measurement<double>(Sum(all), new KeyValuePair<string, object?>("currency", all.Key))));
        Instruments.ObserveGauge(
            BudgetInstruments.RiskLimit, "{unit}", "What all campaigns of a currency may have spent unseen together.",
            () => [new Measurement<double>(options.TotalRiskMicros / MicrosPerUnit)]);
        Instruments.ObserveGauge(
            BudgetInstruments.Staleness, "s", "How old the known spend is.",
            () => board.Current.AsOfMs == long.MinValue ? [] : [new((time.GetUtcNow().ToUnixTimeMilliseconds() - board.Current.AsOfMs) / 1000.0)]);
        Instruments.ObserveGauge(
            BudgetInstruments.Campaigns, "{campaign}", "Campaigns with a budget, by state.",
            () => Now().GroupBy(entry => BudgetJson.Code(entry.Decision.State))
                .Select(all => new Measurement<double>(all.Count(), new KeyValuePair<string, object?>("state", all.Key))));
    }

    /// <summary>A series per campaign, as many as allowed, and one per currency for the others together.</summary>
    public static IEnumerable<Measurement<double>> ByCampaign(IReadOnlyList<BudgetEntry> entries, int limit)
    {
        // By id, not by risk: a series that comes and goes can't be plotted.
        var ordered = entries.OrderBy(entry => entry.Stored.Budget.CampaignId, StringComparer.Ordinal).ToList();
        foreach (var entry in ordered.Take(limit))
            yield return Of(entry.Stored.Budget.CampaignId, Currency(entry), entry.Decision.AtRiskMicros / MicrosPerUnit);
        foreach (var rest in ordered.Skip(limit).GroupBy(Currency))
            yield return Of("other", rest.Key, Sum(rest));
    }

    private static Measurement<double> Of(string campaign, string currency, double units) =>
        new(units, new KeyValuePair<string, object?>("campaign", campaign), new KeyValuePair<string, object?>("currency", currency));

    private static string Currency(BudgetEntry entry) => entry.Stored.Budget.Currency;

    private static double Sum(IEnumerable<BudgetEntry> entries) => entries.Sum(entry => entry.Decision.AtRiskMicros / MicrosPerUnit);
}
