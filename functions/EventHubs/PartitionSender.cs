using System.Globalization;
using System.Threading.Channels;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Functions.EventHubs;

/// <summary>
/// Sends the events of one partition, one send at a time: whoever comes while a send is under way goes with the next one, so
/// batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class PartitionSender : IAsyncDisposable
{
    private readonly EventHubProducerClient _producer;
    private readonly EventHubsClickLogOptions _options;
    private readonly string _partition;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly Channel<Waiting> _queue;
    private readonly Task _running;

    public PartitionSender(EventHubProducerClient producer, int partition, string log, EventHubsClickLogOptions options)
    {
        (_producer, _options, _tag) = (producer, options, new KeyValuePair<string, object?>("log", log));
        _partition = partition.ToString(CultureInfo.InvariantCulture);
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.MaxWaiting) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    /// <summary>Completes when the service has the event.</summary>
    /// <exception cref="LogOverloadedException">As many wait as may.</exception>
    public Task Enqueue(byte[] record)
    {
        var waiting = new Waiting(record, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_queue.Writer.TryWrite(waiting))
            return waiting.Done.Task;
        Instruments.LogFailures.Add(1, _tag, new KeyValuePair<string, object?>("reason", "overloaded"));
        throw new LogOverloadedException($"Partition {_partition} has {_options.MaxWaiting} appends waiting, or is closed.");
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        var taken = new List<Waiting>(_options.MaxBatchEvents);
        while (await _queue.Reader.WaitToReadAsync())
        {
            taken.Clear();
            try
            {
                await SendOnceAsync(taken);
            }
            catch (Exception failure)
            {
                // Whether it was written is unknown. Each caller hears it, and spools or answers 503; the sender goes on.
                Instruments.LogFailures.Add(Math.Max(1, taken.Count), _tag, new KeyValuePair<string, object?>("reason", "unavailable"));
                var unavailable = new LogUnavailableException($"Partition {_partition} of the hub did not acknowledge a send.", failure);
                foreach (var waiting in taken)
                    waiting.Done.TrySetException(unavailable);
                // A failure before anything was taken would otherwise repeat at once and for ever.
                if (taken.Count == 0 && _queue.Reader.TryRead(out var first))
                    first.Done.TrySetException(unavailable);
            }
        }
    }

    private async Task SendOnceAsync(List<Waiting> taken)
    {
        using var batch = await _producer.CreateBatchAsync(new CreateBatchOptions { PartitionId = _partition });
        while (taken.Count < _options.MaxBatchEvents && _queue.Reader.TryPeek(out var next) && batch.TryAdd(new EventData(next.Record)))
        {
            _queue.Reader.TryRead(out _);
            taken.Add(next);
        }

        if (taken.Count == 0)
        {
            // It alone is larger than a send may be; kept at the head it would block everybody behind it.
            if (_queue.Reader.TryRead(out var oversize))
                oversize.Done.TrySetException(new LogUnavailableException($"An event of {oversize.Record.Length} bytes is larger than a send may be."));
            return;
        }

        await _producer.SendAsync(batch);
        Instruments.LogAppended.Add(taken.Count, _tag);
        foreach (var waiting in taken)
            waiting.Done.TrySetResult();
    }

    private sealed record Waiting(byte[] Record, TaskCompletionSource Done);
}
