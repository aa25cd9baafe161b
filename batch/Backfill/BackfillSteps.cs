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

    /// <summary>Compares the staging area with what is published and writes the difference into the lake.</summary>
    public static Activity<StagedBackfill, BackfillDifference> Compare { get; } = new("backfill.compare");

    /// <summary>Puts the staged rows in the place of the published ones.</summary>
    public static Activity<StagedBackfill, Unit> Apply { get; } = new("backfill.apply");

    /// <summary>Throws the staging area away.</summary>
    public static Activity<StagedBackfill, Unit> Discard { get; } = new("backfill.discard");
}

/// <summary>A backfill under way.</summary>
/// <param name="Request">What it was asked for.</param>
/// <param name="Run">Tells this run from others of the range.</param>
public sealed record StagedBackfill(BackfillRequest Request, Guid Run)
{
    /// <summary>What the names of all staging areas of the range begin with.</summary>
    internal string AreaPrefix => $"{Request.Id}.";

    /// <summary>The staging area, this run's own: rows of a run that failed, by another policy perhaps, never mix with it.</summary>
    internal string Area => $"{AreaPrefix}{Run:N}";

    /// <summary>Lake path of the differences.</summary>
    internal string Details => $"backfills/{Request.Id}/{Run:N}/differences.csv";
}

/// <summary>What a plan is made from.</summary>
/// <param name="Backfill">The backfill.</param>
/// <param name="Cut">Where the log ends.</param>
public sealed record PlanBackfill(StagedBackfill Backfill, IReadOnlyList<ReportCut> Cut);

/// <summary>What is to be replayed.</summary>
/// <param name="Backfill">The backfill.</param>
/// <param name="Records">The partition and its records; reading ends before the last one if nothing can change the range any more.</param>
public sealed record ReplayPartition(StagedBackfill Backfill, ReplayedPartition Records);
