using ClickFuncs.Batch.Archive;

namespace ClickFuncs.Batch.Compaction;

/// <summary>The capture files of several partitions in the order of their intervals, so that a part covers about the same time of each.</summary>
internal sealed class CaptureQueue : IAsyncDisposable
{
    private readonly List<IAsyncEnumerator<CaptureFile>> _partitions = [];
    private readonly PriorityQueue<IAsyncEnumerator<CaptureFile>, (DateTimeOffset Start, int Partition)> _next = new();
    private IAsyncEnumerator<CaptureFile>? _taken;

    /// <summary>Adds a partition, from after the file it was read up to.</summary>
    internal async Task AddAsync(CaptureCatalog catalog, int partition, string? lastSource, CancellationToken cancellationToken)
    {
        var after = lastSource == null ? (DateTimeOffset?)null : CapturePath.Parse(lastSource).Start;
        var files = catalog.ListAsync(partition, after, cancellationToken).GetAsyncEnumerator(cancellationToken);
        _partitions.Add(files);
        await MoveAsync(files);
    }

    /// <summary>The next file; null when there is none left.</summary>
    internal async Task<CaptureFile?> TakeAsync()
    {
        if (_taken != null)
            await MoveAsync(_taken);
        return _next.TryDequeue(out _taken, out _) ? _taken.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var files in _partitions)
            await files.DisposeAsync();
    }

    private async Task MoveAsync(IAsyncEnumerator<CaptureFile> files)
    {
        if (await files.MoveNextAsync())
            _next.Enqueue(files, (files.Current.Path.Start, files.Current.Path.Partition));
    }
}
