using System.Threading.Channels;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;

namespace ClickFuncs.Functions.Tests.EventHubs;

/// <summary>A producer whose sends end when the test says so.</summary>
internal sealed class HeldProducer : EventHubProducerClient
{
    private readonly Channel<Send> _sends = Channel.CreateUnbounded<Send>();
    private (string Partition, List<EventData> Events) _open;

    /// <summary>Bytes that fit into one send.</summary>
    public int MaxBytes { get; init; } = 1000;

    public ValueTask<Send> NextAsync() => _sends.Reader.ReadAsync();

    public override ValueTask<EventDataBatch> CreateBatchAsync(CreateBatchOptions options, CancellationToken cancellationToken = default)
    {
        var events = new List<EventData>();
        _open = (options.PartitionId, events);
        return ValueTask.FromResult(EventHubsModelFactory.EventDataBatch(
            MaxBytes, events, options, e => events.Sum(x => x.EventBody.ToMemory().Length) + e.EventBody.ToMemory().Length <= MaxBytes));
    }

    public override Task SendAsync(EventDataBatch eventBatch, CancellationToken cancellationToken = default)
    {
        var send = new Send(_open.Partition, [.. _open.Events.Select(e => e.EventBody.ToArray())]);
        _sends.Writer.TryWrite(send);
        return send.Answer.Task;
    }

    public sealed record Send(string Partition, IReadOnlyList<byte[]> Records)
    {
        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
