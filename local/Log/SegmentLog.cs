using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Log;

/// <summary>
/// The click log on this machine's disk: one striped log for all partitions in segment files, so that a group commit is one
/// write and one sync however many partitions there are. Open it with <see cref="LogOpener"/>.
/// </summary>
internal sealed class SegmentLog : IClickLog, ILogReader, IDisposable
{
    private readonly SegmentLogOptions _options;
    private readonly SegmentCatalog _catalog;
    private readonly DirectoryLock _lock;
    private readonly DurablePositions _positions;
    private readonly SegmentReader _reader;
    private readonly SegmentRetention _retention;
    private readonly AppendQueue _queue;
    private readonly SegmentWriter _writer;
    private readonly Committer _committer;
    private bool _disposed;

    /// <summary>Goes on after what is stored. The lock is the log's from here on.</summary>
    internal SegmentLog(
        SegmentLogOptions options, StoredLog stored, DirectoryLock directoryLock, ILogDisk disk, TimeProvider time, ILogger logger)
    {
        (_options, _lock, RepairedTail) = (options, directoryLock, stored.Torn);
        _catalog = new SegmentCatalog(stored.Segments);
        _positions = new DurablePositions(stored.NextSequences);
        _reader = new SegmentReader(_catalog, _positions);
        _retention = new SegmentRetention(_catalog, options, time, logger);
        _queue = new AppendQueue(options, time);
        _writer = new SegmentWriter(stored, _catalog, disk, options, logger);
        _committer = new Committer(_queue, _writer, _positions, options, time, logger);
        _committer.Start();
    }

    /// <inheritdoc cref="IClickLog.PartitionCount"/>
    public int PartitionCount => _positions.PartitionCount;

    /// <summary>The interrupted write that opening found and cut off; null if there was none.</summary>
    public TornTail? RepairedTail { get; }

    /// <summary>Bytes of all segment files.</summary>
    public long StoredBytes => _catalog.Bytes;

    /// <summary>Number of the next block. A bulk producer notes it when its run begins, see <see cref="TryFindLastTag"/>.</summary>
    public long NextBlock => _writer.NextBlock;

    /// <inheritdoc/>
    /// <remarks>Cancellation is heeded before the bytes are copied. After that the record will be appended whatever the caller does,
    /// so the task is not abandoned: it ends when the disk has answered. Await it once. Continuations of a group run one
    /// after the other on few threads: they must not block.</remarks>
    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
    {
        if (record.Length > _options.MaxRecordBytes)
            throw new ArgumentException($"A record of {record.Length} bytes is longer than the {_options.MaxRecordBytes} the log accepts.", nameof(record));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<LogPosition>(cancellationToken);
        return _queue.Add(id.Partition(PartitionCount), record);
    }

    /// <summary>An empty group for a bulk producer.</summary>
    public LogGroupBuilder CreateGroup() => new(PartitionCount);

    /// <summary>Appends a group: all of it in one block, or nothing. The builder is locked until the task completes, then empty
    /// for the next use; after a failure it still holds its records. An empty group writes nothing, not even its tag.</summary>
    /// <exception cref="LogUnavailableException">The group is not known to be durable.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited for its turn; nothing was appended.</exception>
    public Task AppendGroupAsync(LogGroupBuilder builder, CancellationToken cancellationToken) =>
        builder.RecordCount == 0 ? Task.CompletedTask : _queue.AddAsync(builder, cancellationToken);

    /// <summary>The offset of the newest durable tag of a producer's run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="fromBlock">Blocks before this one are not searched.</param>
    /// <param name="offset">How far the producer came.</param>
    public bool TryFindLastTag(Guid runId, long fromBlock, out long offset) => TagSearch.TryFindLast(_catalog, runId, fromBlock, out offset);

    /// <inheritdoc/>
    public LogRange GetRange(int partition) => _reader.GetRange(partition);

    /// <inheritdoc/>
    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) =>
        _reader.ReadAsync(partition, fromSequence, maxBytes, batch, cancellationToken);

    /// <inheritdoc/>
    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) =>
        _reader.WaitForAsync(partition, sequence, cancellationToken);

    /// <summary>Deletes the oldest segments that are too old or too much, never the one that is written, and never a record at or
    /// after the floor.</summary>
    /// <param name="floor">For each partition, the lowest sequence number that somebody still needs.</param>
    /// <returns>Number of segments deleted.</returns>
    public int ApplyRetention(ReadOnlySpan<long> floor) => _retention.Apply(floor);

    /// <summary>Refuses new appends, makes durable what was accepted, and lets the folder go.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _queue.Stop();
        _committer.Join();
        _queue.Dispose();
        _positions.Close();
        _writer.Dispose();
        foreach (var segment in _catalog.Snapshot())
            segment.Dispose();
        _lock.Dispose();
    }
}
