using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ClickFuncs.Events;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.Tests.EventHubs;

public sealed class EventHubsClickLogTests
{
    private static readonly Fingerprint InFirst = new(0, 1);
    private static readonly Fingerprint InLast = new(ulong.MaxValue, 1);

    [Fact]
    public async Task Append_Unacknowledged_DoesNotComplete()
    {
        var producer = new HeldProducer();
        await using var log = new EventHubsClickLog(producer, 4, new EventHubsClickLogOptions());

        var append = log.AppendAsync(InLast, new byte[] { 1 }, CancellationToken.None).AsTask();
        var send = await producer.NextAsync();
        Assert.False(append.IsCompleted);
        send.Answer.SetResult();

        // Duplicates meet: the partition is that of the fingerprint, named to the service.
        Assert.Equal("3", send.Partition);
        Assert.Equal(new LogPosition(3, -1), await append);
    }

    [Fact]
    public async Task Append_WhileASendIsUnderWay_GoesWithTheNextOneTogether()
    {
        var producer = new HeldProducer();
        await using var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions());

        var first = Append(log, 1);
        var send = await producer.NextAsync();
        Task[] others = [Append(log, 2), Append(log, 3), Append(log, 4)];
        send.Answer.SetResult();
        await first;
        var second = await producer.NextAsync();
        second.Answer.SetResult();
        await Task.WhenAll(others);

        Assert.Equal([2, 3, 4], second.Records.Select(r => (int)r[0]));
    }

    [Fact]
    public async Task Append_SendFails_TellsEachOfItAndGoesOn()
    {
        var producer = new HeldProducer();
        await using var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions());

        var failing = Append(log, 1);
        (await producer.NextAsync()).Answer.SetException(new TimeoutException("no answer"));
        var unavailable = await Assert.ThrowsAsync<LogUnavailableException>(() => failing);
        Assert.IsType<TimeoutException>(unavailable.InnerException);

        var next = Append(log, 2);
        (await producer.NextAsync()).Answer.SetResult();
        await next;
    }

    [Fact]
    public async Task Append_AcknowledgedFailedOrRefused_IsCountedAsThat()
    {
        // A name of its own keeps other tests' sends out.
        const string Name = "counted";
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value?.ToString());
            if (labels.GetValueOrDefault("log") == Name)
                counts.AddOrUpdate($"{instrument.Name} {labels.GetValueOrDefault("reason")}".Trim(), value, (_, sum) => sum + value);
        });
        listener.Start();
        var producer = new HeldProducer();
        await using var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions { MaxWaiting = 1 }, Name);

        var first = Append(log, 1);
        var send = await producer.NextAsync();
        var second = Append(log, 2);
        await Assert.ThrowsAsync<LogOverloadedException>(() => Append(log, 3));
        send.Answer.SetResult();
        await first;
        (await producer.NextAsync()).Answer.SetException(new TimeoutException("no answer"));
        await Assert.ThrowsAsync<LogUnavailableException>(() => second);

        Assert.Equal(
            ["clickfuncs.log.appended 1", "clickfuncs.log.failures overloaded 1", "clickfuncs.log.failures unavailable 1"],
            counts.Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Append_MoreThanMayWait_IsRefusedAndLosesNobody()
    {
        var producer = new HeldProducer();
        await using var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions { MaxWaiting = 2 });

        var first = Append(log, 1);
        var send = await producer.NextAsync();
        Task[] waiting = [Append(log, 2), Append(log, 3)];
        await Assert.ThrowsAsync<LogOverloadedException>(() => Append(log, 4));
        send.Answer.SetResult();
        (await producer.NextAsync()).Answer.SetResult();

        await first;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Append_LargerThanASendMayBe_FailsAloneAndBlocksNobody()
    {
        var producer = new HeldProducer { MaxBytes = 10 };
        await using var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions());

        await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(InFirst, new byte[11], CancellationToken.None).AsTask());
        var next = Append(log, 2);
        (await producer.NextAsync()).Answer.SetResult();
        await next;
    }

    [Fact]
    public async Task Append_MoreThanOneSendHolds_TakesTwo()
    {
        var producer = new HeldProducer { MaxBytes = 2 };
        await using var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions());

        var first = Append(log, 1);
        var send = await producer.NextAsync();
        Task[] others = [Append(log, 2), Append(log, 3), Append(log, 4)];
        send.Answer.SetResult();
        var second = await producer.NextAsync();
        second.Answer.SetResult();
        var third = await producer.NextAsync();
        third.Answer.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal([2, 1], [second.Records.Count, third.Records.Count]);
    }

    [Fact]
    public async Task Dispose_WithAppendsWaiting_SendsThem()
    {
        var producer = new HeldProducer();
        var log = new EventHubsClickLog(producer, 1, new EventHubsClickLogOptions());
        var append = Append(log, 1);

        var disposing = log.DisposeAsync().AsTask();
        (await producer.NextAsync()).Answer.SetResult();
        await disposing;
        await append;

        await Assert.ThrowsAsync<LogOverloadedException>(() => Append(log, 2));
    }

    private static async Task Append(EventHubsClickLog log, byte value) =>
        await log.AppendAsync(InFirst, new[] { value }, CancellationToken.None);
}
