using Azure.Messaging.EventHubs;
using ClickFuncs.Functions.EventHubs;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Counting;

/// <summary>
/// The trigger of the counting: one invocation per batch of one partition. The host moves its checkpoint after an invocation and
/// its retries, even if all of them failed. So retries never end, and nothing is caught here: an infrastructure error stalls the
/// partition, which its lag shows, and skips nothing. What is no valid event does not throw; it is quarantined inside the commit.
/// </summary>
public sealed class CountClicks(PartitionDeliveries deliveries)
{
    /// <summary>Name of the function.</summary>
    public const string Name = "CountClicks";

    /// <summary>Counts one batch; completes when what it changed is committed and published.</summary>
    /// <exception cref="InvalidDataException">The host did not say which partition the batch is of.</exception>
    [Function(Name)]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public async Task RunAsync(
        [EventHubTrigger(EventHubsSettings.HubExpression, Connection = EventHubsSettings.Connection, ConsumerGroup = EventHubsSettings.CountingGroup)]
        EventData[] events,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(context);
        var partition = TriggerPartition.Read(context.BindingContext.BindingData);
        await deliveries.DeliverAsync(partition, EventRuns.Of(events), cancellationToken);
    }
}
