using ClickFuncs.Lake;
using ClickFuncs.Log;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// Archives the log in the lake as Event Hubs Capture does: a file per partition and interval. On one machine it stands in for Capture; in
/// Azure nothing of it runs. One process archives a log.
/// </summary>
public sealed class ArchiveCapture
{
    private readonly ILogReader _log;

    /// <summary>Archives nothing before <see cref="RunAsync"/>.</summary>
    public ArchiveCapture(ILogReader log, ILake lake, ArchiveOptions options, TimeProvider time, ILogger<ArchiveCapture> logger)
    {
        _log = log;
        Partitions = [.. Enumerable.Range(0, log.PartitionCount).Select(partition => new PartitionCapture(partition, log, lake, options, time, logger))];
    }

    /// <summary>Each partition's own.</summary>
    public IReadOnlyList<PartitionCapture> Partitions { get; }

    /// <summary>By partition, the last record that is in a capture file; -1 if none is, or while it is not known yet. Never goes back.</summary>
    public IReadOnlyList<long> ArchivedPositions => [.. Partitions.Select(p => p.Position)];

    /// <summary>Archives until cancelled, then closes the open files with what the log held.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(Partitions.Select(p => p.RunAsync(stopping)));

    /// <summary>Closes the open files now, so that everything that is on the log at this moment is archived.</summary>
    /// <returns>By partition, up to which record at least.</returns>
    /// <exception cref="InvalidOperationException"><see cref="RunAsync"/> does not run.</exception>
    /// <exception cref="LogException">A partition can't be archived; trying goes on, this call does not wait for it. So for other failures.</exception>
    public async Task<IReadOnlyList<long>> FlushAsync(CancellationToken cancellationToken)
    {
        long[] positions = [.. Partitions.Select(p => _log.GetRange(p.Partition).Next - 1)];
        await FlushAsync(positions, cancellationToken);
        return positions;
    }

    /// <summary>Closes open files so that everything up to the given records is archived.</summary>
    /// <param name="positions">By partition, a record that is on the log; -1 for none.</param>
    /// <param name="cancellationToken">Stops waiting, not archiving.</param>
    /// <inheritdoc cref="FlushAsync(CancellationToken)" path="/exception"/>
    public Task FlushAsync(IReadOnlyList<long> positions, CancellationToken cancellationToken)
    {
        if (positions.Count != Partitions.Count)
            throw new ArgumentException($"There are {positions.Count} positions for {Partitions.Count} partitions.", nameof(positions));
        return Task.WhenAll(Partitions.Select(p => p.FlushAsync(positions[p.Partition], cancellationToken)));
    }
}
