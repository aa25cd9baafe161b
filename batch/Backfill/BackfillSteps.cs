using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Backfill;

/// <summary>The activities of a backfill, by the names that stand in journals, and what they exchange.</summary>
public static class BackfillSteps
{
    /// <summary>Has the archive write what it holds back, and says where the log ends now.</summary>
    public static Activity<BackfillRequest, IReadOnlyList<ReportCut>> Cut { get; } = new("backfill.cut");

    /// <summary>Says what archive or stream lack; null when they have it all.</summary>
    public static Activity<IReadOnlyList<ReportCut>, string?> Missing { get; } = new("backfill.missing");

    /// <summary>Refuses a range the stream may still change, clears away what an earlier run left, and says which records to read.</summary>
    public static Activity<PlanBackfill, IReadOnlyList<ReplayedPartition>> Plan { get; } = new("backfill.plan");

    /// <summary>Counts a partition again into the staging area; answers with what it read.</summary>
    public static Activity<ReplayPartition, ReplayedPartition> Replay { get; } = new("backfill.replay");

    /// <summary>Fails unless the result is still staged.</summary>
    public static Activity<StagedBackfill, Unit> Require { get; } = new("backfill.require");

    /// <summary>Compares the staging area with what is published and writes the difference into the lake.</summary>
    public static Activity<StagedBackfill, BackfillDifference> Compare { get; } = new("backfill.compare");

    /// <summary>Puts the staged rows in the place of the published ones.</summary>
    public static Activity<StagedBackfill, Unit> Apply { get; } = new("backfill.apply");

    /// <summary>Throws the staging area away.</summary>
    public static Activity<StagedBackfill, Unit> Discard { get; } = new("backfill.discard");

    /// <summary>Throws away what was staged more than seven days before a day; answers with how many areas.</summary>
    public static Activity<DateOnly, int> Expire { get; } = new("backfill.expire");
}

/// <summary>What a plan is made from.</summary>
/// <param name="Backfill">The backfill.</param>
/// <param name="Cut">Where the log ends.</param>
public sealed record PlanBackfill(StagedBackfill Backfill, IReadOnlyList<ReportCut> Cut);

/// <summary>What is to be replayed.</summary>
/// <param name="Backfill">The backfill.</param>
/// <param name="Records">The partition and its records; reading ends before the last one if nothing can change the range any more.</param>
public sealed record ReplayPartition(StagedBackfill Backfill, ReplayedPartition Records);
