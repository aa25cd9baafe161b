using System.Collections.Concurrent;
using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.EventHubs;

/// <summary>
/// Reads ranges of the click log from Event Hubs, beside the trigger: what a delivered batch shows to be missing. Each read opens
/// a link of its own, which is dear, and gaps are rare.
/// </summary>
/// <param name="consumer">A client of <see cref="EventHubsSettings.HealingGroup"/>; whoever made it disposes it.</param>
/// <param name="partitionCount">Partitions of the hub.</param>
public sealed class EventHubsLogReader(EventHubConsumerClient consumer, int partitionCount) : IPartitionSource
{
    /// <summary>A record that should be there and has not come after so long is an error to try again.</summary>
    public static readonly TimeSpan MaximumWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, LogRange> _ranges = new();
    private readonly ConcurrentDictionary<int, DateTimeOffset> _arrivals = new();

    /// <inheritdoc/>
    public int PartitionCount => partitionCount;

    /// <inheritdoc/>
    public async Task RefreshAsync(int partition, CancellationToken cancellationToken) =>
        Note(partition, await consumer.GetPartitionPropertiesAsync(IdOf(partition), cancellationToken));

    /// <summary>The range as of the last <see cref="RefreshAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">It was never asked for.</exception>
    public LogRange GetRange(int partition) => _ranges.TryGetValue(partition, out var range)
        ? range
        : throw new InvalidOperationException($"The range of partition {partition} was not asked for yet.");

    /// <inheritdoc/>
    public DateTimeOffset? GetLastArrival(int partition) => _arrivals.TryGetValue(partition, out var at) ? at : null;

    /// <inheritdoc/>
    public async ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        await RefreshAsync(partition, cancellationToken);
        var range = GetRange(partition);
        if (fromSequence < range.First)
            throw new LogGapException($"Partition {partition}: record {fromSequence} is gone; the hub begins at {range.First}.");
        if (fromSequence >= range.Next)
            return;

        var options = new ReadEventOptions { MaximumWaitTime = MaximumWait };
        var start = EventPosition.FromSequenceNumber(fromSequence, isInclusive: true);
        await foreach (var read in consumer.ReadEventsFromPartitionAsync(IdOf(partition), start, options, cancellationToken))
        {
            // Without an event the wait was over. What is in the batch is right; an empty one has the caller try again.
            if (read.Data is not { } e)
                return;
            var expected = fromSequence + batch.Count;
            if (e.SequenceNumber != expected)
                throw new LogGapException($"Partition {partition}: record {expected} is gone; the hub goes on with {e.SequenceNumber}.");
            batch.Add(e.SequenceNumber, e.EnqueuedTime.ToUnixTimeMilliseconds(), e.EventBody.ToMemory().Span);
            if (batch.ByteCount >= maxBytes || e.SequenceNumber >= range.Next - 1)
                return;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> FindFirstSinceAsync(int partition, long sinceMs, CancellationToken cancellationToken)
    {
        var properties = await consumer.GetPartitionPropertiesAsync(IdOf(partition), cancellationToken);
        var next = Note(partition, properties).Next;
        // Nothing arrived before 1970, and the service takes no earlier time.
        var since = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, sinceMs));
        if (properties.IsEmpty || properties.LastEnqueuedTime < since)
            return next;
        var options = new ReadEventOptions { MaximumWaitTime = MaximumWait };
        await foreach (var read in consumer.ReadEventsFromPartitionAsync(IdOf(partition), EventPosition.FromEnqueuedTime(since), options, cancellationToken))
        {
            return read.Data?.SequenceNumber
                ?? throw new LogUnavailableException($"Partition {partition} has events since {since:u} and did not give one within {MaximumWait}.");
        }

        return next;
    }

    /// <summary>Not for Event Hubs: here the trigger waits.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The trigger waits for events; a reader only fills gaps.");

    private LogRange Note(int partition, PartitionProperties properties)
    {
        var next = properties.LastEnqueuedSequenceNumber + 1;
        if (!properties.IsEmpty)
            _arrivals[partition] = properties.LastEnqueuedTime;
        return _ranges[partition] = new LogRange(properties.IsEmpty ? next : properties.BeginningSequenceNumber, next);
    }

    private static string IdOf(int partition) => partition.ToString(CultureInfo.InvariantCulture);
}
