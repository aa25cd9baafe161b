using System.Runtime.CompilerServices;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;

namespace ClickFuncs.Functions.Tests.EventHubs;

/// <summary>A hub's partition as a list. After its last event the wait is over, again and again, as with the real client.</summary>
internal sealed class ListConsumer(params long[] sequences) : EventHubConsumerClient
{
    /// <summary>Events the partition says it has and does not deliver.</summary>
    public int Withheld { get; init; }

    public List<string> Partitions { get; } = [];

    public override Task<PartitionProperties> GetPartitionPropertiesAsync(string partitionId, CancellationToken cancellationToken = default) =>
        Task.FromResult(EventHubsModelFactory.PartitionProperties(
            "clicks", partitionId, sequences.Length == 0, sequences.FirstOrDefault(0), sequences.LastOrDefault(-1), "", Arrival(sequences.LastOrDefault(-1))));

    /// <summary>When a record came: a second after the one before.</summary>
    public static DateTimeOffset Arrival(long sequence) => new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(sequence);

    public override async IAsyncEnumerable<PartitionEvent> ReadEventsFromPartitionAsync(
        string partitionId, EventPosition startingPosition, ReadEventOptions readOptions,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Partitions.Add(partitionId);
        // Without a longest wait the real client waits for ever for an event that does not come.
        Assert.NotNull(readOptions.MaximumWaitTime);
        // The position tells neither number nor time: it is the one that it equals, and inclusive. Times are whole seconds here.
        var start = Enumerable.Range(0, 10_000).First(
            number => startingPosition == EventPosition.FromSequenceNumber(number) || startingPosition == EventPosition.FromEnqueuedTime(Arrival(number)));
        foreach (var sequence in sequences.SkipLast(Withheld).Where(s => s >= start))
            yield return new PartitionEvent(
                EventHubsModelFactory.PartitionContext("x.servicebus.windows.net", "clicks", "healing", partitionId), EventHubsModelFactory.EventData(new BinaryData(new byte[100]), sequenceNumber: sequence, offsetString: null!));
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Yield();
            yield return default;
        }
    }
}
