using ClickFuncs.Analytics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Workflows;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Backfill;

/// <summary>Does the steps of <see cref="BackfillWorkflow"/> on the stores of a host.</summary>
/// <param name="stores">What it works on.</param>
/// <param name="stream">The policy that the stream runs with.</param>
/// <param name="scratch">What comparing may take.</param>
/// <param name="logger">Where it logs.</param>
public sealed partial class BackfillActivities(BackfillStores stores, ReplayPolicy stream, ScratchOptions scratch, ILogger<BackfillActivities> logger)
{
    private const int KeptDays = 7;

    /// <summary>Adds the workflow and its activities to a catalog.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="waiting">How long the workflow waits for archive and stream.</param>
    public void Bind(WorkflowCatalog catalog, CloseOptions waiting)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog.Add(new BackfillWorkflow(waiting))
            .Bind(BackfillSteps.Cut, (request, step) => CutAsync(request, step.CancellationToken))
            .Bind(BackfillSteps.Missing, (cut, step) => MissingAsync(cut, step.CancellationToken))
            .Bind(BackfillSteps.Plan, (request, step) => PlanAsync(request, step.CancellationToken))
            .Bind(BackfillSteps.Replay, (replay, step) => Task.Run(() => ReplayAsync(replay, step.CancellationToken), step.CancellationToken))
            .Bind(BackfillSteps.Require, (backfill, step) => RequireAsync(backfill, step.CancellationToken))
            .Bind(BackfillSteps.Expire, (today, step) => ExpireAsync(today, step.CancellationToken))
            .Bind(BackfillSteps.Compare, (backfill, step) => CompareAsync(backfill, step.CancellationToken))
            .Bind(BackfillSteps.Apply, (backfill, step) => ApplyAsync(backfill, step.CancellationToken))
            .Bind(BackfillSteps.Discard, (backfill, step) => DiscardAsync(backfill, step.CancellationToken));
    }

    private async Task<IReadOnlyList<ReportCut>> CutAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        try
        {
            request.CheckRange();
        }
        catch (ArgumentException refusal)
        {
            throw new NonRetryableException(refusal.Message, refusal);
        }

        await stores.Progress.FlushArchiveAsync(cancellationToken);
        return [.. (await stores.Progress.ReadAsync(cancellationToken)).Select(partition => new ReportCut(partition.Partition, partition.Last, partition.Last))];
    }

    private async Task<string?> MissingAsync(IReadOnlyList<ReportCut> cut, CancellationToken cancellationToken)
    {
        var missing = Settling.Missing(cut, 0, await stores.Progress.ReadAsync(cancellationToken));

        // Asked for again each time: a restart forgets that it was.
        if (missing != null)
            await stores.Progress.FlushArchiveAsync(cancellationToken);
        return missing;
    }

    private async Task<IReadOnlyList<ReplayedPartition>> PlanAsync(PlanBackfill plan, CancellationToken cancellationToken)
    {
        var request = plan.Backfill.Request;
        if (RangeClosing.Problem(request.ToMs, stream, await stores.Progress.ReadAsync(cancellationToken)) is { } problem)
            throw new NonRetryableException(problem);

        // Runs of a range come one after the other: what is staged under its name is left over from one that was cancelled.
        foreach (var area in await stores.Staging.ListAreasAsync(cancellationToken))
        {
            if (area.StartsWith(plan.Backfill.AreaPrefix, StringComparison.Ordinal))
                await stores.Staging.DiscardAsync(area, cancellationToken);
        }

        var starts = await ReplayStarts.FindAsync(stores.Lake, [.. plan.Cut.Select(cut => cut.Partition)], request, cancellationToken);
        return [.. plan.Cut.Select(cut => new ReplayedPartition(cut.Partition, starts[cut.Partition], cut.Sequence))];
    }

    private async Task<ReplayedPartition> ReplayAsync(ReplayPartition replay, CancellationToken cancellationToken)
    {
        var replayed = await new PartitionReplay(new CaptureCatalog(stores.Lake, stores.Hub), stores.Staging).RunAsync(replay, cancellationToken);
        LogReplayed(replay.Backfill.Request.Id, replayed.Partition, replayed.First, replayed.Last);
        return replayed;
    }

    private async Task<Unit> RequireAsync(StagedBackfill backfill, CancellationToken cancellationToken) =>
        (await stores.Staging.ListAreasAsync(cancellationToken)).Contains(backfill.Area)
            ? default
            : throw new NonRetryableException("What the backfill had staged is gone: its time was over, or another run of the range has cleared it. Start the backfill again.");

    private async Task<int> ExpireAsync(DateOnly today, CancellationToken cancellationToken)
    {
        string[] old = [.. (await stores.Staging.ListAreasAsync(cancellationToken)).Where(area => StagedBackfill.DayOf(area) < today.AddDays(-KeptDays))];
        foreach (var area in old)
        {
            await stores.Staging.DiscardAsync(area, cancellationToken);
            LogExpired(area);
        }

        return old.Length;
    }

    private async Task<BackfillDifference> CompareAsync(StagedBackfill backfill, CancellationToken cancellationToken)
    {
        using var table = new DifferenceTable(scratch);
        try
        {
            var batches = stores.Staging.CompareAsync(backfill.Area, backfill.Request.FromMs, backfill.Request.ToMs, cancellationToken);
            await table.LoadAsync(batches, cancellationToken);
        }
        catch (AnalyticsExpiredException expired)
        {
            throw new NonRetryableException(expired.Message, expired);
        }

        await table.WriteAsync(stores.Lake, backfill.Details, cancellationToken);
        var truth = stores.Truth is null
            ? null
            : await new TruthComparison(stores.Lake, stores.Truth).RunAsync(table.Database, backfill.Request.FromMs, backfill.Request.ToMs, cancellationToken);
        return new BackfillDifference(table.Count(cancellationToken), table.ReadTotals(cancellationToken), backfill.Details, truth);
    }

    private async Task<Unit> ApplyAsync(StagedBackfill backfill, CancellationToken cancellationToken)
    {
        await stores.Staging.ApplyAsync(backfill.Area, backfill.Request.FromMs, backfill.Request.ToMs, cancellationToken);
        LogApplied(backfill.Request.Id, backfill.Details);
        return default;
    }

    private async Task<Unit> DiscardAsync(StagedBackfill backfill, CancellationToken cancellationToken)
    {
        await stores.Staging.DiscardAsync(backfill.Area, cancellationToken);
        return default;
    }

    [LoggerMessage(6501, LogLevel.Information, "{Backfill}: partition {Partition} counted again, records {First} to {Last}.")]
    private partial void LogReplayed(string backfill, int partition, long first, long last);

    [LoggerMessage(6502, LogLevel.Information, "{Backfill} applied: queries show it; what it changed is in {Details} in the lake.")]
    private partial void LogApplied(string backfill, string details);

    [LoggerMessage(6503, LogLevel.Warning, "Nobody decided on what was staged as {Area}; it is thrown away.")]
    private partial void LogExpired(string area);
}
