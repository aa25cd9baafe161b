using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Close;

/// <summary>The activities of a close, by the names that stand in journals, and what they exchange: values and names of files, never rows.</summary>
public static class CloseSteps
{
    // Waiting for a store that is down costs nothing; giving up costs a night.
    private static readonly RetryPolicy Patient = new() { Attempts = 30, FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromMinutes(5) };

    /// <summary>Takes a revision of the day for a close.</summary>
    public static Activity<CloseBegin, CloseRun> Begin { get; } = new("close.begin", Patient);

    /// <summary>Has the archive write what it holds back, and says where the log ends now: that is what both counts must reach.</summary>
    public static Activity<DateOnly, IReadOnlyList<ReportCut>> Cut { get; } = new("close.cut", Patient);

    /// <summary>Says what archive or stream lack; null when they have it all.</summary>
    public static Activity<IReadOnlyList<ReportCut>, string?> Missing { get; } = new("close.missing", Patient);

    /// <summary>Writes the stream's numbers of the day into the lake, so that they stay what they were; answers, by partition, with the last record that is in them.</summary>
    public static Activity<CloseRun, IReadOnlyList<long>> Snapshot { get; } = new("close.snapshot", Patient);

    /// <summary>Compacts what is archived; answers with the number of parts made.</summary>
    public static Activity<DateOnly, int> Compact { get; } = new("close.compact", Patient);

    /// <summary>Says in how many buckets the day is counted.</summary>
    public static Activity<PlanRequest, ClosePlan> Plan { get; } = new("close.plan", Patient);

    /// <summary>Writes the clicks of a bucket by identity; answers with the rows written.</summary>
    public static Activity<BucketRequest, long> Identify { get; } = new("close.identify", Patient);

    /// <summary>Says in how many shares to look at so many rows.</summary>
    public static Activity<long, int> Shares { get; } = new("close.shares", Patient);

    /// <summary>Applies the velocity rules to a share of the identities; answers with the lake path of the clicks that came too fast.</summary>
    public static Activity<ShareRequest, string> Flag { get; } = new("close.flag", Patient);

    /// <summary>Deletes what was written by identity.</summary>
    public static Activity<ClosePlan, Unit> Forget { get; } = new("close.forget", Patient);

    /// <summary>Counts one bucket; answers with the lake path of its rows.</summary>
    public static Activity<BucketRequest, string> Recount { get; } = new("close.recount", Patient);

    /// <summary>Compares with the stream and with the close before, and writes the reports unless nothing is new.</summary>
    public static Activity<ClosePlan, Reconciled> Reconcile { get; } = new("close.reconcile", Patient);

    /// <summary>Makes the recount the final rows that queries prefer.</summary>
    public static Activity<ClosePlan, Unit> Publish { get; } = new("close.publish", Patient);

    /// <summary>Posts to the ledger what the day is to be charged; answers with the number of entries of this revision.</summary>
    public static Activity<ChargeRequest, int> Charge { get; } = new("close.charge", Patient);

    /// <summary>Seals the ledger into the lake and records that the day is closed.</summary>
    public static Activity<RecordRequest, Unit> Record { get; } = new("close.record", Patient);

    /// <summary>Deletes files that no part names any more; answers with how many.</summary>
    public static Activity<DateOnly, int> Sweep { get; } = new("close.sweep", Patient);

    /// <summary>Compacts what is archived, then finds closed days that there are new events for.</summary>
    public static Activity<ReopenRequest, IReadOnlyList<DateOnly>> Reopened { get; } = new("nightly.reopened", Patient);

    /// <summary>Deletes the rows of a recount that found nothing new.</summary>
    public static Activity<ClosePlan, Unit> Discard { get; } = new("close.discard", Patient);
}

/// <summary>Which days to look at.</summary>
/// <param name="Date">The day that is going to be closed.</param>
/// <param name="Days">How many before it.</param>
public sealed record ReopenRequest(DateOnly Date, int Days);

/// <summary>What a close begins with.</summary>
/// <param name="Date">The day.</param>
/// <param name="Id">Tells this close from others of the day.</param>
public sealed record CloseBegin(DateOnly Date, Guid Id);

/// <summary>A close under way.</summary>
/// <param name="Date">The day.</param>
/// <param name="Revision">The number it has, which no other close of the day has; it stands if it finds something new.</param>
/// <param name="Before">Revision of the close before; 0 for none.</param>
public sealed record CloseRun(DateOnly Date, int Revision, int Before);

/// <summary>What a plan is made from.</summary>
/// <param name="Run">The close.</param>
/// <param name="Cut">What it takes into account.</param>
public sealed record PlanRequest(CloseRun Run, IReadOnlyList<ReportCut> Cut);

/// <summary>How a day is counted.</summary>
/// <param name="Run">The close.</param>
/// <param name="Buckets">Number of buckets; 0 when there is no event of the day.</param>
/// <param name="Cut">What is taken into account.</param>
/// <param name="Rules">What clicks are judged by, whatever the settings say by then; null for nothing.</param>
/// <param name="Shares">In how many shares the velocity rules were applied; 0 before they were.</param>
public sealed record ClosePlan(CloseRun Run, int Buckets, IReadOnlyList<ReportCut> Cut, JudgementRules? Rules = null, int Shares = 0);

/// <summary>Which bucket to count.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Bucket">From 0.</param>
public sealed record BucketRequest(ClosePlan Plan, int Bucket);

/// <summary>Which share of the identities to look at.</summary>
/// <param name="Plan">The plan, with the number of shares.</param>
/// <param name="Share">From 0.</param>
public sealed record ShareRequest(ClosePlan Plan, int Share);

/// <summary>What comparing came to.</summary>
/// <param name="IsNew">Whether truth or comparison differ from the close before. If not, no report was written.</param>
/// <param name="ReportSha256">Digest of the report as JSON; of the close before if nothing is new.</param>
/// <param name="Alerts">Alerts that the report raises.</param>
public sealed record Reconciled(bool IsNew, string ReportSha256, IReadOnlyList<string> Alerts);

/// <summary>What is to be charged.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="RunOn">The UTC day on which the close began.</param>
public sealed record ChargeRequest(ClosePlan Plan, DateOnly RunOn);

/// <summary>What is to be recorded.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Reconciled">What comparing came to.</param>
public sealed record RecordRequest(ClosePlan Plan, Reconciled Reconciled);
