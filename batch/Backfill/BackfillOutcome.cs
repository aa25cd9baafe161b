using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Backfill;

/// <summary>What a backfill came to.</summary>
/// <param name="From">Start of the range.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Applied">Whether queries show the result now.</param>
/// <param name="Difference">In what it differs from what queries showed before.</param>
/// <param name="Partitions">What was read of each partition.</param>
/// <param name="Staged">The result, while it waits to be applied or discarded; null when that is decided.</param>
public sealed record BackfillOutcome(
    DateTimeOffset From, DateTimeOffset To, bool Applied, BackfillDifference Difference, IReadOnlyList<ReplayedPartition> Partitions,
    StagedResult? Staged = null);

/// <summary>A result that waits for a decision.</summary>
/// <param name="Run">The run that made it.</param>
/// <param name="On">The UTC day on which that began.</param>
public sealed record StagedResult(Guid Run, DateOnly On);

/// <summary>In what a backfill differs from what is published.</summary>
/// <param name="Rows">Windows and keys that differ; hours or days where minutes are no longer kept.</param>
/// <param name="Totals">Sums over these rows, per currency, ascending.</param>
/// <param name="Details">Lake path of the rows, as CSV.</param>
/// <param name="Truth">For the closed days of the range, by day and currency, how far from their recount the counts are; null from versions that did not compare.</param>
public sealed record BackfillDifference(long Rows, IReadOnlyList<BackfillTotals> Totals, string Details, IReadOnlyList<BackfillTruth>? Truth = null);

/// <summary>How far the counts of a closed day are from its recount, in one currency.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="Revision">The close that is compared with.</param>
/// <param name="Currency">Three capital letters; empty for events without a cost.</param>
/// <param name="Before">As published.</param>
/// <param name="After">As the backfill counted.</param>
public sealed record BackfillTruth(DateOnly Date, int Revision, string Currency, TruthDistance Before, TruthDistance After);

/// <summary>A distance from the truth. Errors of two keys can't cancel.</summary>
/// <param name="Rows">Hours and keys that differ.</param>
/// <param name="Clicks">Billed clicks too many or too few, added up.</param>
/// <param name="SpendMicros">Their spend, likewise.</param>
public sealed record TruthDistance(long Rows, long Clicks, long SpendMicros);

/// <summary>Sums over the rows that differ in one currency. All other rows are the same before and after.</summary>
/// <param name="Currency">Three capital letters; empty for events without a cost.</param>
/// <param name="Before">As published.</param>
/// <param name="After">As the backfill counted.</param>
public sealed record BackfillTotals(string Currency, BackfillCounts Before, BackfillCounts After);

/// <summary>Counts, see <see cref="WindowMetrics"/>.</summary>
public sealed record BackfillCounts(
    long Impressions, long RawClicks, long Clicks, long Conversions, long SpendMicros, long InvalidClicks, long OverBudgetClicks);

/// <summary>What a backfill read of a partition; sequence numbers.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="First">First record that was read.</param>
/// <param name="Last">Last one: nothing after it can change the range. <c>First - 1</c> when there was none to read.</param>
public sealed record ReplayedPartition(int Partition, long First, long Last);
