using ClickFuncs.Budgets;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Budgets;

/// <summary>Reads the second-stage log of spend. Not thread-safe.</summary>
/// <param name="reports">That log; one partition.</param>
/// <param name="clicks">The click log.</param>
/// <param name="published">For each partition of the click log the last sequence number whose reports are on <paramref name="reports"/>.</param>
/// <param name="isAllLogged">Whether no click waits anywhere but on the click log.</param>
internal sealed class SpendSource(ILogReader reports, ILogReader clicks, Func<int, long> published, Func<bool> isAllLogged) : ISpendSource
{
    private const int MaxBytes = 1 << 20;

    private readonly RecordBatch _batch = new();
    private long _released = -1;

    /// <summary>The oldest report that is still needed.</summary>
    public long Floor => Interlocked.Read(ref _released) + 1;

    /// <inheritdoc/>
    public bool IsAllLogged => isAllLogged();

    /// <inheritdoc/>
    public long[] GetLogEnds() => [.. Enumerable.Range(0, clicks.PartitionCount).Select(partition => clicks.GetRange(partition).Next)];

    /// <inheritdoc/>
    public async ValueTask<SpendBatch> ReadAsync(long after, CancellationToken cancellationToken)
    {
        // In this order: what is published now has its reports before this end.
        var covered = Enumerable.Range(0, clicks.PartitionCount).Select(partition => new SpendReport(partition, published(partition), 0, [])).ToList();
        var end = reports.GetRange(0).Next;
        await reports.ReadAsync(0, after + 1, MaxBytes, _batch, cancellationToken);
        var read = new List<SpendReport>(_batch.Count);
        for (var i = 0; i < _batch.Count; i++)
            read.Add(SpendReportCodec.Decode(_batch.GetRecord(i)));
        var through = after + _batch.Count;
        if (through < end - 1)
            return new SpendBatch(read, through, IsLast: false);
        // Partitions that have nothing to report still say how far they are.
        return new SpendBatch([.. read, .. covered], through, IsLast: true);
    }

    /// <inheritdoc/>
    public void Release(long through) => Interlocked.Exchange(ref _released, through);
}
