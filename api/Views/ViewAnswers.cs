using ClickFuncs.Api.Analytics;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Operations;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Reconciliation;

namespace ClickFuncs.Api.Views;

/// <summary>All that the advertiser's page shows.</summary>
/// <param name="Analytics">The numbers; null when there is no advertiser that the caller may see.</param>
/// <param name="Budgets">Its first 200 budgets.</param>
public sealed record AdvertiserViewAnswer(OverviewAnswer? Analytics, IReadOnlyList<BudgetAnswer> Budgets);

/// <summary>All that the operations page shows.</summary>
/// <param name="Health">Whether the host works.</param>
/// <param name="Operations">Freshness and the alerts.</param>
/// <param name="Metrics">The numbers behind it, in Prometheus' text format: what /metrics says, or, on one host of many, what all share.</param>
public sealed record OperationsViewAnswer(HealthViewAnswer Health, OperationsAnswer Operations, string Metrics);

/// <summary>Whether the host works.</summary>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record HealthViewAnswer(string Status, IReadOnlyList<HealthCheckAnswer> Checks);

/// <summary>A check and what it found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Detail">What it found.</param>
public sealed record HealthCheckAnswer(string Name, string Status, string? Detail);

/// <summary>All that the finance page shows.</summary>
/// <param name="Day">The day of the report; null when none was named or closed.</param>
/// <param name="AdvertiserId">Whose statement; null when there is no journal.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="Month">Of which month.</param>
/// <param name="Closes">The newest closes.</param>
/// <param name="Backfills">The backfills of the latest ranges.</param>
/// <param name="Journals">Who owes what.</param>
/// <param name="Report">The report of the day; null if it is not closed.</param>
/// <param name="Statement">The statement; null if nothing was ever posted.</param>
public sealed record FinanceViewAnswer(
    DateOnly? Day, string? AdvertiserId, string? Currency, string Month, IReadOnlyList<RunAnswer<CloseOutcomeAnswer>> Closes, IReadOnlyList<RunAnswer<BackfillOutcome>> Backfills,
    IReadOnlyList<JournalAnswer> Journals, ReconciliationReport? Report, StatementAnswer? Statement);
