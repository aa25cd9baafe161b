using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Lake;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Close;

/// <summary>Does the steps of <see cref="DayCloseWorkflow"/> on the stores of a host.</summary>
public sealed partial class DayCloseActivities
{
    private readonly CloseStores _stores;
    private readonly CloseSettings _settings;
    private readonly DayClosing _closing;
    private readonly CloseRecords _records;
    private readonly Compactor _compactor;
    private readonly BucketRecount _recount;
    private readonly VelocityPass _velocity;
    private readonly ILogger _logger;

    /// <param name="stores">What it works on.</param>
    /// <param name="settings">How.</param>
    /// <param name="compactor">Makes parts of what is archived.</param>
    /// <param name="loggers">Where it logs.</param>
    public DayCloseActivities(CloseStores stores, CloseSettings settings, Compactor compactor, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(settings);
        (_stores, _settings, _compactor) = (stores, settings, compactor);
        _records = new CloseRecords(stores.Lake);
        _closing = new DayClosing(stores.Lake, stores.Truth, stores.Ledger, _records, settings.Reconciliation, settings.Recount.Scratch);
        _recount = new BucketRecount(stores.Lake, settings.Recount, loggers.CreateLogger<BucketRecount>());
        _velocity = new VelocityPass(stores.Lake, settings.Recount);
        _logger = loggers.CreateLogger<DayCloseActivities>();
    }

    /// <summary>Adds the workflow and its activities to a catalog.</summary>
    public void Bind(WorkflowCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog.Add(new DayCloseWorkflow(_settings.Close)).Add(new NightlyWorkflow(_settings.Close)).Add(new HourlyWorkflow())
            .Bind(CloseSteps.Sweep, async (_, step) => (await new OrphanFiles(_stores.Lake).DeleteAsync(step.CancellationToken)).Count)
            .Bind(CloseSteps.Reopened, (request, step) => ReopenedAsync(request, step.CancellationToken))
            .Bind(CloseSteps.Begin, (begin, step) => BeginAsync(begin, step.CancellationToken))
            .Bind(CloseSteps.Cut, (_, step) => CutAsync(step.CancellationToken))
            .Bind(CloseSteps.Missing, async (cut, step) => Settling.Missing(
                cut, await _stores.Progress.CountSpooledAsync(step.CancellationToken), await _stores.Progress.ReadAsync(step.CancellationToken)))
            .Bind(CloseSteps.Snapshot, (run, step) => SnapshotAsync(run, step.CancellationToken))
            .Bind(CloseSteps.Compact, (_, step) => CompactAsync(step.CancellationToken))
            .Bind(CloseSteps.Plan, (request, step) => PlanAsync(request, step.CancellationToken))
            .Bind(CloseSteps.Identify, (request, step) => IdentifyAsync(request, step.CancellationToken))
            .Bind(CloseSteps.Shares, (rows, _) => Task.FromResult(_velocity.ShareCount(rows)))
            .Bind(CloseSteps.Flag, (request, step) => FlagAsync(request, step.CancellationToken))
            .Bind(CloseSteps.Forget, (plan, step) => DoneAsync(_velocity.ForgetIdentitiesAsync(plan.Run.Date, plan.Run.Revision, plan.Buckets, step.CancellationToken)))
            .Bind(CloseSteps.Recount, (request, step) => RecountAsync(request, step.CancellationToken))
            .Bind(CloseSteps.Reconcile, (plan, step) => ReconcileAsync(plan, step.CancellationToken))
            .Bind(CloseSteps.Publish, (plan, step) => DoneAsync(_closing.PublishAsync(plan, step.CancellationToken)))
            .Bind(CloseSteps.Charge, (request, step) => ChargeAsync(request, step.CancellationToken))
            .Bind(CloseSteps.Record, (request, step) => DoneAsync(_closing.RecordAsync(request.Plan, request.Reconciled, step.CancellationToken)))
            .Bind(CloseSteps.Discard, (plan, step) => DoneAsync(_closing.DiscardAsync(plan, step.CancellationToken)));
    }

    private async Task<CloseRun> BeginAsync(CloseBegin begin, CancellationToken cancellationToken)
    {
        var before = (await _records.FindNewestAsync(begin.Date, cancellationToken))?.Revision ?? 0;
        return new CloseRun(begin.Date, await new RevisionNumbers(_stores.Lake).TakeAsync(begin.Date, begin.Id, before, cancellationToken), before);
    }

    private async Task<IReadOnlyList<DateOnly>> ReopenedAsync(ReopenRequest request, CancellationToken cancellationToken)
    {
        await _stores.Progress.FlushArchiveAsync(cancellationToken);
        await CompactAsync(cancellationToken);
        return await new ReopenedDays(_stores.Lake, _records).FindAsync(request.Date, request.Days, cancellationToken);
    }

    private async Task<IReadOnlyList<ReportCut>> CutAsync(CancellationToken cancellationToken)
    {
        await _stores.Progress.FlushArchiveAsync(cancellationToken);
        return [.. (await _stores.Progress.ReadAsync(cancellationToken)).Select(partition => new ReportCut(partition.Partition, partition.Last, partition.Last))];
    }

    private async Task<IReadOnlyList<long>> SnapshotAsync(CloseRun run, CancellationToken cancellationToken)
    {
        var progress = await _stores.Progress.ReadAsync(cancellationToken);
        var held = await new StreamSnapshot(_stores.Lake, _stores.Truth, _settings.Recount.Scratch).WriteAsync(
            new CloseFiles(run.Date, run.Revision), progress.ToDictionary(partition => partition.Partition, partition => partition.Published), cancellationToken);
        return [.. progress.Select(partition => held[partition.Partition])];
    }

    private async Task<int> CompactAsync(CancellationToken cancellationToken) =>
        (await _compactor.RunAsync(CompactionSlice.All(_settings.Partitions), cancellationToken)).Parts;

    private async Task<ClosePlan> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var plan = await RecountPlan.LoadAsync(_stores.Lake, request.Run.Date, DayCutOf(request.Cut), cancellationToken);
        return new ClosePlan(request.Run, plan.HasEvents ? plan.Buckets : 0, request.Cut, _settings.Rules);
    }

    private Task<long> IdentifyAsync(BucketRequest request, CancellationToken cancellationToken)
    {
        var run = request.Plan.Run;
        return _velocity.IdentifyAsync(run.Date, run.Revision, request.Bucket, JudgedCutOf(request.Plan), cancellationToken);
    }

    private Task<string> FlagAsync(ShareRequest request, CancellationToken cancellationToken)
    {
        var (plan, run) = (request.Plan, request.Plan.Run);
        return _velocity.FlagAsync(run.Date, run.Revision, plan.Buckets, request.Share, plan.Shares, JudgedCutOf(plan), cancellationToken);
    }

    private async Task<string> RecountAsync(BucketRequest request, CancellationToken cancellationToken)
    {
        var run = request.Plan.Run;
        var files = new CloseFiles(run.Date, run.Revision);
        var cut = JudgedCutOf(request.Plan) with { Flagged = [.. Enumerable.Range(0, request.Plan.Shares).Select(files.Flagged)] };
        return (await _recount.RunAsync(run.Date, run.Revision, request.Bucket, cut, cancellationToken)).Path;
    }

    private async Task<Reconciled> ReconcileAsync(ClosePlan plan, CancellationToken cancellationToken)
    {
        var policy = _settings.Policy;
        var quarantined = await UndecodedCounts.ReadAsync(_stores.Lake, plan.Run.Date, DayCutOf(plan.Cut), _settings.Recount.Scratch, cancellationToken);
        var reconciled = await _closing.ReconcileAsync(
            plan,
            new ReportPolicy(
                (long)policy.OutOfOrderness.TotalSeconds, (long)policy.AllowedLateness.TotalSeconds, (long)policy.DedupHorizon.TotalSeconds,
                (long)policy.FutureTolerance.TotalSeconds, policy.LookBackDays),
            quarantined,
            cancellationToken);
        // With nothing new this revision leaves nothing behind; what is wrong is still said in the report that stands.
        var stands = reconciled.IsNew ? plan.Run.Revision : plan.Run.Before;
        foreach (var alert in reconciled.Alerts)
        {
            BatchInstruments.ReconciliationAlerts.Add(1, new KeyValuePair<string, object?>("alert", alert));
            LogAlert(alert, plan.Run.Date, stands, new CloseFiles(plan.Run.Date, stands).Reports);
        }

        return reconciled;
    }

    private async Task<int> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        var charged = await _closing.ChargeAsync(request.Plan, request.RunOn, cancellationToken);
        foreach (var balance in charged.OverLimit)
            LogOverLimit(balance.Head.Journal.AdvertiserId, balance.Head.Journal.Currency, balance.Head.BalanceMicros);
        return charged.Entries.Count;
    }

    // The rules of the plan, not those of now: all buckets are judged by the same.
    private DayCut JudgedCutOf(ClosePlan plan) => DayCutOf(plan.Cut) with { Rules = plan.Rules };

    private DayCut DayCutOf(IReadOnlyList<ReportCut> cut) => new()
    {
        Partitions = [.. cut.Select(entry => new PartitionCut(entry.Partition, entry.Sequence, entry.Published))],
        Policy = _settings.Policy,
    };

    private static async Task<Unit> DoneAsync(Task work)
    {
        await work;
        return default;
    }

    [LoggerMessage(6401, LogLevel.Error, "Reconciliation alert '{Alert}' for {Date}, revision {Revision}: see {Reports} in the lake, and the runbook.")]
    private partial void LogAlert(string alert, DateOnly date, int revision, string reports);

    [LoggerMessage(6402, LogLevel.Warning, "Advertiser {Advertiser} owes {Micros} micros of {Currency}, more than the credit limit.")]
    private partial void LogOverLimit(string advertiser, string currency, long micros);
}
