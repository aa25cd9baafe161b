using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Operations;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.State;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.Operations;

/// <summary>
/// Looks at what all instances share, judges the alerts by it and shows both to all of them. One that can't be read leaves its numbers unknown, and the
/// others known.
/// </summary>
/// <remarks>A look at 32 partitions costs about 32 request units for the heads, 1 to 3 for the board, 2 for what was shown and 10 for what is: 3 a second. Of 4 partitions 1 a second.</remarks>
/// <param name="hub">How far the click log reaches.</param>
/// <param name="state">How far the counting is.</param>
/// <param name="spools">What waits in spools.</param>
/// <param name="board">What the budget lane shows; its own, since it tells what is newer than its last.</param>
/// <param name="shown">Where it shows what it found.</param>
/// <param name="schedules">What runs by itself.</param>
/// <param name="budgets">The limits of budgets.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where alerts are said.</param>
public sealed partial class OperationsWatch(
    IPartitionSource hub, IPartitionStateStore state, SpoolAdoption spools, CosmosBoard board, CosmosOperations shown, IReadOnlyList<WorkflowSchedule> schedules,
    BudgetOptions budgets, TimeProvider time, ILogger<OperationsWatch> logger)
{
    /// <summary>Time from one look to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private BudgetSnapshot? _board;

    /// <summary>What this instance found last; null when it never looked.</summary>
    public OperationsContent? Last { get; private set; }

    /// <summary>Looks once.</summary>
    /// <param name="workflows">Tells of runs.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task LookAsync(IWorkflowClient workflows, CancellationToken cancellationToken)
    {
        var unread = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var before = await shown.ReadAsync(cancellationToken);
        // Not after the hub was asked: what comes meanwhile must not pass for what was there.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var hasHub = await TryAsync("hub", async () => await RefreshAsync(cancellationToken), unread, cancellationToken);
        IReadOnlyList<PartitionHead>? heads = null;
        await TryAsync("counting", async () => heads = await state.ListHeadsAsync(cancellationToken), unread, cancellationToken);
        SpoolReading? spool = null;
        await TryAsync("spools", async () => spool = await spools.ReadAsync(cancellationToken), unread, cancellationToken);
        BudgetReading? risk = null;
        await TryAsync("budgets", async () => risk = Risk(_board = await board.ReadNewerAsync(cancellationToken) ?? _board), unread, cancellationToken);
        IReadOnlyList<LastRunAnswer>? runs = null;
        await TryAsync("runs", async () => runs = await RunsAsync(workflows, cancellationToken), unread, cancellationToken);

        var content = new OperationsContent(now, Partitions(before, hasHub, heads, now), spool, risk, runs, unread, AlertMemory.Empty);
        content = content with { Alerts = SharedAlerts.Take(before?.Alerts ?? AlertMemory.Empty, SharedSeries.Reading(content)) };
        // Before it is remembered: a crash in between tells twice, and never not at all.
        Tell(before?.Alerts ?? AlertMemory.Empty, content.Alerts);
        await shown.ShowAsync(content, cancellationToken);
        Last = content;
    }

    private Task RefreshAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, hub.PartitionCount).Select(partition => hub.RefreshAsync(partition, cancellationToken)));

    private PartitionReading[] Partitions(OperationsContent? before, bool hasHub, IReadOnlyList<PartitionHead>? heads, long nowMs)
    {
        // A reading of long ago says nothing of how long records wait now.
        var earlier = before is not null && nowMs - before.AtMs <= SharedAlerts.LongestGap.TotalMilliseconds ? before.Partitions : [];
        return [.. Enumerable.Range(0, hub.PartitionCount).Select(partition => PartitionReading.After(
            earlier.FirstOrDefault(reading => reading.Partition == partition), partition, hasHub ? hub.GetRange(partition).Next : null,
            hasHub ? hub.GetLastArrival(partition)?.ToUnixTimeMilliseconds() : null,
            heads is null ? null : heads.FirstOrDefault(head => head.Partition == partition) ?? new PartitionHead { Partition = partition }, nowMs))];
    }

    // The lane that decides budgets has never shown any: then nothing is known of them.
    private BudgetReading? Risk(BudgetSnapshot? snapshot)
    {
        if (snapshot is null)
            return null;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var entries = snapshot.Entries.Select(entry => entry.At(now, budgets)).ToList();
        return new BudgetReading(
            snapshot.AsOfMs,
            entries.GroupBy(entry => entry.Stored.Budget.Currency, StringComparer.Ordinal).ToDictionary(all => all.Key, all => all.Sum(entry => entry.Decision.AtRiskMicros)),
            entries.GroupBy(entry => BudgetJson.Code(entry.Decision.State), StringComparer.Ordinal).ToDictionary(all => all.Key, all => (long)all.Count()),
            budgets.TotalRiskMicros);
    }

    private async Task<IReadOnlyList<LastRunAnswer>> RunsAsync(IWorkflowClient workflows, CancellationToken cancellationToken)
    {
        var runs = new List<LastRunAnswer>();
        foreach (var schedule in schedules)
        {
            if (DueRuns.LastDue(schedule, time.GetUtcNow()) is not [.., var due])
                continue;
            var id = schedule.InstanceId(due);
            var run = await workflows.GetAsync(id, cancellationToken);
            runs.Add(new LastRunAnswer(
                schedule.Name, due, id, run is null ? "not_started" : JsonNamingPolicy.SnakeCaseLower.ConvertName(run.State.ToString()), run?.UpdatedAt, run?.Failure?.Message));
        }

        return runs;
    }

    private async Task<bool> TryAsync(string what, Func<Task> read, SortedDictionary<string, string> unread, CancellationToken cancellationToken)
    {
        try
        {
            await read();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What the others say is the more needed then.
            unread[what] = failure.GetType().Name;
            LogUnread(failure, what);
            return false;
        }
    }

    private void Tell(AlertMemory before, AlertMemory after)
    {
        var fired = before.Held.Where(held => held.FiredAt is not null).Select(held => (held.Rule, held.Labels)).ToHashSet();
        foreach (var held in after.Held.Where(held => held.FiredAt is not null && !fired.Contains((held.Rule, held.Labels))))
            LogFires(held.Rule, held.Labels, held.Value.ToString("0.###", CultureInfo.InvariantCulture), AlertRules.All.First(rule => rule.Id == held.Rule).Meaning);
    }

    [LoggerMessage(8151, LogLevel.Error, "Alert {Alert} {Series}: {Value}. {Meaning}")]
    private partial void LogFires(string alert, string series, string value, string meaning);

    [LoggerMessage(8152, LogLevel.Warning, "The watch could not read {What}; its numbers are unknown until it can.")]
    private partial void LogUnread(Exception failure, string what);
}
