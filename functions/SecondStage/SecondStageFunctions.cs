using Azure.Messaging.EventHubs;
using ClickFuncs.Events;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Log;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// The triggers of the second stage. As with the counting, retries never end and nothing is caught: the host's checkpoint is only a hint, what
/// is committed says where a lane stands.
/// </summary>
public sealed class SecondStageFunctions(
    SpendDeliveries spend, VelocityDeliveries velocity, IPartitionSource clicks, [FromKeyedServices(SecondStageFunctions.SpendLog)] IClickLog beats, SpoolAdoption spools,
    TimeProvider time)
{
    /// <summary>Key of the service that is the hub of spend reports.</summary>
    public const string SpendLog = "spend";

    /// <summary>Key of the service that is the hub of signals.</summary>
    public const string SignalLog = "signals";

    private static readonly Fingerprint Anywhere = Fingerprint.Of(EventType.Click, "second stage"u8);

    /// <summary>Takes reports of spend in, and decides budgets.</summary>
    [Function("KeepSpend")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public Task KeepSpendAsync(
        [EventHubTrigger(EventHubsSettings.SpendHubExpression, Connection = EventHubsSettings.Connection, ConsumerGroup = EventHubsSettings.LaneGroup)]
        EventData[] events,
        CancellationToken cancellationToken) => spend.DeliverAsync(EventRuns.Of(events), cancellationToken);

    /// <summary>Counts signals, and flags who is too fast.</summary>
    [Function("FlagVelocity")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public Task FlagVelocityAsync(
        [EventHubTrigger(EventHubsSettings.SignalsHubExpression, Connection = EventHubsSettings.Connection, ConsumerGroup = EventHubsSettings.LaneGroup)]
        EventData[] events,
        CancellationToken cancellationToken) => velocity.DeliverAsync(EventRuns.Of(events), cancellationToken);

    /// <summary>Says how far the click log is. Without it a quiet log would pass for one that nobody reads, and campaigns be held back.</summary>
    [Function("BeatSpend")]
    public async Task BeatSpendAsync([TimerTrigger("* * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        await Task.WhenAll(Enumerable.Range(0, clicks.PartitionCount).Select(partition => clicks.RefreshAsync(partition, cancellationToken)));
        // What waits in a spool is spent and not on the log: what is known is as of before it.
        if ((await spools.CountAsync(cancellationToken)).OldestMs is { } oldest)
            at = Math.Min(at, oldest - 1);
        long[] next = [.. Enumerable.Range(0, clicks.PartitionCount).Select(partition => clicks.GetRange(partition).Next)];
        await beats.AppendAsync(Anywhere, new SpendBeat(at, next).Encode(), cancellationToken);
    }
}
