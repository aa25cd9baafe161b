using Azure.Messaging.EventHubs.Producer;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.EventHubs;

/// <summary>
/// The click log on Event Hubs. An append completes when the service has acknowledged the send that carries it: not when it is
/// buffered, as the vendor's buffering client does, because the 302 that follows says that the click is durable.
/// </summary>
public sealed class EventHubsClickLog : IClickLog, IAsyncDisposable
{
    private readonly PartitionSender[] _senders;

    /// <param name="producer">The client; whoever made it disposes it, after this.</param>
    /// <param name="partitionCount">Partitions of the hub.</param>
    /// <param name="options">Sizes of queues and sends.</param>
    /// <param name="log">What metrics call it.</param>
    /// <summary>Starts a sender per partition.</summary>
    public EventHubsClickLog(EventHubProducerClient producer, int partitionCount, EventHubsClickLogOptions options, string log = "clicks")
    {
        ArgumentNullException.ThrowIfNull(producer);
        ArgumentNullException.ThrowIfNull(options);
        _senders = [.. Enumerable.Range(0, partitionCount).Select(partition => new PartitionSender(producer, partition, log, options))];
    }

    /// <inheritdoc/>
    public int PartitionCount => _senders.Length;

    /// <inheritdoc/>
    /// <remarks>Event Hubs don't say which sequence number an event got: the position's is -1.</remarks>
    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var partition = id.Partition(_senders.Length);
        // Not cancelled from here on: the send carries others too, and what is sent can't be taken back.
        return CompleteAsync(partition, _senders[partition].Enqueue(record.ToArray()));
    }

    private static async ValueTask<LogPosition> CompleteAsync(int partition, Task sent)
    {
        await sent;
        return new LogPosition(partition, -1);
    }

    /// <summary>Sends what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
            await sender.DisposeAsync();
    }
}
