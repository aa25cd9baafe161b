using ClickFuncs.Events;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Log;
using ClickFuncs.State;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Functions.Tests.Quarantine;

/// <summary>A process seen from outside: before and after each call to a service something else may happen, or the process dies and does nothing more.</summary>
internal sealed class SteppedProcess(Func<int, Task>? between = null, int dieAt = int.MaxValue)
{
    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    public bool IsDead => Steps >= dieAt;

    public IDocuments Over(IDocuments documents) => new Documents(this, documents);

    public IClickLog Over(IClickLog log) => new Log(this, log);

    public IPartitionSource Over(IPartitionSource hub) => new Source(this, hub);

    public async Task StepAsync()
    {
        if (++Steps >= dieAt)
            throw new SimulatedCrashException($"step {Steps}");
        if (between is not null)
            await between(Steps);
    }

    private async Task<T> AroundAsync<T>(Func<Task<T>> call)
    {
        await StepAsync();
        var result = await call();
        await StepAsync();
        return result;
    }

    private sealed class Documents(SteppedProcess process, IDocuments inner) : IDocuments
    {
        public int MaxRawBytes => inner.MaxRawBytes;

        public Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken) =>
            process.AroundAsync(() => inner.FindAsync(partition, id, cancellationToken));

        public Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken) =>
            process.AroundAsync(() => inner.RangeAsync(partition, fromId, toId, limit, cancellationToken));

        public Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
            process.AroundAsync(() => inner.WriteAsync(partition, writes, cancellationToken));
    }

    private sealed class Log(SteppedProcess process, IClickLog inner) : IClickLog
    {
        public int PartitionCount => inner.PartitionCount;

        public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
        {
            var copy = record.ToArray();
            return new ValueTask<LogPosition>(process.AroundAsync(() => inner.AppendAsync(id, copy, cancellationToken).AsTask()));
        }
    }

    private sealed class Source(SteppedProcess process, IPartitionSource inner) : IPartitionSource
    {
        public int PartitionCount => inner.PartitionCount;

        public async Task RefreshAsync(int partition, CancellationToken cancellationToken)
        {
            await process.StepAsync();
            await inner.RefreshAsync(partition, cancellationToken);
            await process.StepAsync();
        }

        public LogRange GetRange(int partition) => inner.GetRange(partition);

        public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) =>
            inner.ReadAsync(partition, fromSequence, maxBytes, batch, cancellationToken);

        public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
