using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// Closes days in a process, in the order of the real close: number, the stream's numbers, cut, recount, comparison, charge, record. What
/// it does at each step is the real thing (revision numbers, settling, the judge of copies, charging); what DuckDB and the workflow runner do
/// otherwise, on threads of their own, is said again here in a few lines.
/// </summary>
internal sealed class Clerk(Pipeline world, SimulatedProcess process)
{
    /// <summary>Runs of the closes begin on this day, whatever the clocks say.</summary>
    private static readonly DateOnly RunOn = new(2026, 7, 3);

    private readonly ILake _lake = RemotePort.For<ILake>(world.Lake, world.Network, process);
    private readonly DayCharging _charging = new(RemotePort.For(world.Mutation.OnLedger(world.Ledger), world.Network, process));
    private readonly long _owner = world.Books.TakeOver();

    /// <summary>The days that anything can happen on.</summary>
    public static IReadOnlyList<DateOnly> Days { get; } = [new(2026, 7, 1), new(2026, 7, 2)];

    /// <summary>Closes days for ever, or each of them once.</summary>
    public static void Start(Pipeline world, SimulatedProcess process, bool isLast)
    {
        var clerk = new Clerk(world, process);
        process.Start(() => clerk.RunAsync(isLast));
    }

    private async Task RunAsync(bool isLast)
    {
        if (world.Books.Current != null)
            await RetryAsync();
        for (var i = 0; !isLast || i < Days.Count; i++)
        {
            if (!isLast)
                await process.DelayAsync(TimeSpan.FromMilliseconds(world.Scheduler.Random.Next(20_000)));
            var id = new byte[16];
            world.Scheduler.Random.NextBytes(id);
            if (!await world.Books.WriteAsync(_owner, new CloseUnderWay(Days[isLast ? i : world.Scheduler.Random.Next(Days.Count)], new Guid(id))))
                return;
            await RetryAsync();
        }

        if (isLast)
            world.IsClosed = true;
    }

    /// <summary>Every step until it is done, as the runner does; a step that failed on the way may have had its effect.</summary>
    private async Task RetryAsync()
    {
        while (true)
        {
            try
            {
                while (world.Books.Current is { } close)
                {
                    var next = await StepAsync(close);
                    await world.Network.CrossAsync(process);
                    if (!await (next == null ? world.Books.EndAsync(_owner) : world.Books.WriteAsync(_owner, next)))
                    {
                        process.Kill();
                        return;
                    }
                }

                return;
            }
            catch (Exception failure) when (failure is IOException or LogException)
            {
                await process.DelayAsync(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>One step.</summary>
    /// <returns>Where the close is then; null when it is done.</returns>
    private async Task<CloseUnderWay?> StepAsync(CloseUnderWay close)
    {
        if (close.Revision == null)
        {
            var before = world.Books.Closed.GetValueOrDefault(close.Day);
            return close with { Revision = await new RevisionNumbers(_lake).TakeAsync(close.Day, close.Id, before, CancellationToken.None) };
        }

        if (close.Stream is not { } stream)
            return close with { Stream = await StreamNumbers.ReadAsync(world, world.Network, process, close.Day) };
        if (close.Cut is not { } cut)
            return close with { Cut = await SettleAsync(stream) };
        if (close.Totals is not { } totals)
            return close with { Totals = await RecountAsync(close.Day, stream, cut) };
        await _charging.ChargeAsync(new DayClose(close.Day, close.Revision.Value, RunOn), totals, CancellationToken.None);
        return null;
    }

    private async Task<IReadOnlyList<long>> SettleAsync(StreamNumbers stream)
    {
        while (true)
        {
            var archived = await ArchivePosition.FindAllNextAsync(new CaptureCatalog(_lake, world.Archive.ToHub()), CancellationToken.None);
            var progress = Enumerable.Range(0, world.Log.PartitionCount)
                .Select(p => new PartitionProgress(p, stream.Held[p], archived.GetValueOrDefault(p) - 1, stream.Held[p], 0)).ToList();
            var cut = progress.Select(p => new ReportCut(p.Partition, p.Last, p.Last)).ToList();
            if (Settling.Missing(cut, spooled: 0, progress) == null)
                return [.. progress.Select(p => p.Archived)];
            await process.DelayAsync(TimeSpan.FromSeconds(2));
        }
    }

    private async Task<IReadOnlyList<CampaignTotal>> RecountAsync(DateOnly day, StreamNumbers stream, IReadOnlyList<long> cut)
    {
        var recount = new MemoryRecount(world, day);
        recount.Count(await ArchivedRecords.ReadAsync(world, _lake), cut, stream.Held);
        recount.RequireExplained(stream);
        return recount.Totals();
    }
}
