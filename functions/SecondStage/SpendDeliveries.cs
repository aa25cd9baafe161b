using ClickFuncs.Budgets;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// Takes delivered reports of spend and beats to the budget lane, and shows its decisions to all instances. Any exception ends the lane; the
/// next delivery opens another from what is committed. While nobody decides, campaigns are held back by themselves.
/// </summary>
public sealed class SpendDeliveries(
    IPartitionSource hub, int clickPartitions, ISpendStore spend, IBudgetStore budgets, BudgetBoard board,
    Func<BudgetSnapshot, CancellationToken, Task> show, BudgetOptions options, TimeProvider time) : IDisposable
{
    private const int MaxBytes = 1 << 20;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DeliveredLog _log = new(hub);
    private readonly RecordBatch _batch = new();
    private BudgetLane? _lane;

    /// <summary>Completes when everything up to the end of the batch is durable in the spend and the decisions of it are shown.</summary>
    public async Task DeliverAsync(IReadOnlyList<RecordBatch> runs, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _log.TakeAsync(runs, cancellationToken);
            _lane ??= await BudgetLane.OpenAsync(clickPartitions, spend, budgets, board, options, cancellationToken);
            await CatchUpAsync(_lane, cancellationToken);
            await _lane.RefreshBudgetsAsync(cancellationToken);
            await _lane.ForgetAsync(NowMs(), cancellationToken);
            _lane.Decide(NowMs());
            await show(board.Current, cancellationToken);
        }
        catch
        {
            _lane = null;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task CatchUpAsync(BudgetLane lane, CancellationToken cancellationToken)
    {
        while (lane.ReadThrough < _log.Next - 1)
        {
            await _log.ReadAsync(0, lane.ReadThrough + 1, MaxBytes, _batch, cancellationToken);
            if (_batch.Count == 0)
                throw new LogGapException($"Reports of spend from {lane.ReadThrough + 1} on are not there yet, though the hub has delivered up to {_log.Next - 1}; trying again.");
            var reports = new List<SpendReport>(_batch.Count);
            var beats = new List<SpendBeat>();
            for (var i = 0; i < _batch.Count; i++)
            {
                var record = _batch.GetRecord(i);
                if (SpendBeat.Is(record))
                    beats.Add(SpendBeat.Decode(record));
                else
                    reports.Add(SpendReportCodec.Decode(record));
            }

            await lane.ApplyAsync(new SpendBatch(reports, _batch.Entries[^1].Sequence, _batch.Entries[^1].Sequence == _log.Next - 1), cancellationToken);
            foreach (var beat in beats)
                lane.NoteLogEnds(beat.AtMs, beat.Next);
        }
    }

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
