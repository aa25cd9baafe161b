using Azure.Messaging.EventHubs;
using ClickFuncs.Functions.Counting;

namespace ClickFuncs.Functions.Tests.Counting;

public sealed class EventRunsTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 7, 1, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Of_Events_KeepsNumberArrivalAndBytes()
    {
        var run = Assert.Single(EventRuns.Of([Event(41), Event(42)]));

        Assert.Equal([41L, 42L], Sequences(run));
        Assert.Equal(Arrival.ToUnixTimeMilliseconds(), run.Entries[1].ArrivalMs);
        Assert.Equal([42, 7], run.GetRecord(1).ToArray());
    }

    [Fact]
    public void Of_Hole_BeginsANewRun()
    {
        var runs = EventRuns.Of([Event(1), Event(2), Event(5), Event(6), Event(9)]);

        Assert.Equal([[1, 2], [5, 6], [9]], runs.Select(Sequences));
    }

    [Fact]
    public void Of_Repeats_LeavesThemOut() =>
        Assert.Equal([[1, 2, 3]], EventRuns.Of([Event(1), Event(2), Event(1), Event(2), Event(3)]).Select(Sequences));

    [Fact]
    public void Of_Nothing_GivesNothing() => Assert.Empty(EventRuns.Of([]));

    private static EventData Event(long sequence) =>
        EventHubsModelFactory.EventData(new BinaryData(new byte[] { (byte)sequence, 7 }), sequenceNumber: sequence, offsetString: null!, enqueuedTime: Arrival);

    private static long[] Sequences(ClickFuncs.Log.RecordBatch run) => [.. run.Entries.ToArray().Select(e => e.Sequence)];
}
