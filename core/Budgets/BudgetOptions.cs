using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Budgets;

/// <summary>How much uncertainty budgets live with.</summary>
public sealed class BudgetOptions
{
    /// <summary>Spend that is unknown for longer holds every campaign that has a budget back. Default 5 s: twice what a busy machine needs.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00", ErrorMessage = "MaxStaleness must lie between 500 ms and 10 minutes.")]
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most that one campaign may have spent unseen, in micros of its currency. Default 1,000 units.</summary>
    [Range(1, BudgetRules.MaxMicros, ErrorMessage = "CampaignRiskMicros must lie between 1 and 10^15.")]
    public long CampaignRiskMicros { get; init; } = 1_000_000_000;

    /// <summary>Most that all campaigns of a currency together may have spent unseen, in micros. Default 10,000 units.</summary>
    [Range(1, BudgetRules.MaxMicros, ErrorMessage = "TotalRiskMicros must lie between 1 and 10^15.")]
    public long TotalRiskMicros { get; init; } = 10_000_000_000;

    /// <summary>The shortest interval between two reports of spend that a campaign can ask for. Default 100 ms: below, the reports cost more than they save.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ErrorMessage = "MinReportInterval must lie between 10 ms and 10 s.")]
    public TimeSpan MinReportInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The interval while no campaign is near a limit. Default 500 ms, so that spend is fresh within a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ErrorMessage = "MaxReportInterval must lie between 10 ms and 10 s.")]
    public TimeSpan MaxReportInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Campaigns that get a metric series of their own; the rest share one. Default 200: every series costs a scrape.</summary>
    [Range(0, 10_000, ErrorMessage = "MetricCampaigns must lie between 0 and 10,000.")]
    public int MetricCampaigns { get; init; } = 200;

    /// <summary>Ad servers that may wait for a change at the same time; more are told to come back. Default 256: a connection each.</summary>
    [Range(1, 100_000, ErrorMessage = "MaxWaiters must lie between 1 and 100,000.")]
    public int MaxWaiters { get; init; } = 256;
}
