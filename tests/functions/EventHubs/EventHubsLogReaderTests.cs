using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.Tests.EventHubs;

public sealed class EventHubsLogReaderTests
{
    private readonly RecordBatch _batch = new();

    [Fact]
    public async Task Refresh_Partition_KnowsItsRange()
    {
        var reader = new EventHubsLogReader(new ListConsumer(5, 6, 7), 8);
        Assert.Throws<InvalidOperationException>(() => reader.GetRange(2));

        await reader.RefreshAsync(2, CancellationToken.None);

        Assert.Equal(new LogRange(5, 8), reader.GetRange(2));
    }

    [Fact]
    public async Task Refresh_NewHub_IsEmptyFromZero()
    {
        var reader = new EventHubsLogReader(new ListConsumer(), 8);
        await reader.RefreshAsync(0, CancellationToken.None);

        Assert.Equal(new LogRange(0, 0), reader.GetRange(0));
    }

    [Fact]
    public async Task Read_ToTheEnd_TakesWhatThereIs()
    {
        var consumer = new ListConsumer(5, 6, 7);
        await new EventHubsLogReader(consumer, 8).ReadAsync(2, 6, 10_000, _batch, CancellationToken.None);

        Assert.Equal([6L, 7L], Sequences());
        Assert.Equal(["2"], consumer.Partitions);
    }

    [Fact]
    public async Task Read_ManyBytes_StopsWhenEnough()
    {
        await new EventHubsLogReader(new ListConsumer(0, 1, 2, 3, 4), 8).ReadAsync(0, 0, 150, _batch, CancellationToken.None);

        Assert.Equal([0L, 1L], Sequences());
    }

    [Fact]
    public async Task Read_PastTheEnd_GivesNothing()
    {
        await new EventHubsLogReader(new ListConsumer(0, 1), 8).ReadAsync(0, 2, 150, _batch, CancellationToken.None);

        Assert.Equal(0, _batch.Count);
    }

    [Fact]
    public async Task Read_EventsNotYetDelivered_GivesWhatCame()
    {
        await new EventHubsLogReader(new ListConsumer(0, 1, 2) { Withheld = 2 }, 8).ReadAsync(0, 0, 10_000, _batch, CancellationToken.None);

        Assert.Equal([0L], Sequences());
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(7, 7)]
    [InlineData(8, 8)]
    public async Task FindFirstSince_Time_IsTheFirstRecordFromThenOnAndTheRangeIsOfNow(int sinceArrivalOf, long expected)
    {
        var reader = new EventHubsLogReader(new ListConsumer(5, 6, 7), 8);
        Assert.Equal(expected, await ((ILogReader)reader).FindFirstSinceAsync(2, ListConsumer.Arrival(sinceArrivalOf).ToUnixTimeMilliseconds(), CancellationToken.None));
        Assert.Equal(new LogRange(5, 8), reader.GetRange(2));
    }

    // Taken for the end, the search for what a spooled click may have left on the log would miss it.
    [Fact]
    public async Task FindFirstSince_RecordThatDoesNotCome_IsNotTakenForTheEnd()
    {
        var reader = new EventHubsLogReader(new ListConsumer(5, 6, 7) { Withheld = 3 }, 8);
        await Assert.ThrowsAsync<LogUnavailableException>(
            () => ((ILogReader)reader).FindFirstSinceAsync(2, ListConsumer.Arrival(6).ToUnixTimeMilliseconds(), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Read_OlderThanRetained_SaysGap() =>
        await Assert.ThrowsAsync<LogGapException>(
            () => new EventHubsLogReader(new ListConsumer(5, 6), 8).ReadAsync(0, 4, 150, _batch, CancellationToken.None).AsTask());

    [Fact]
    public async Task Read_HoleInTheHub_SaysGapAndSkipsNothing() =>
        await Assert.ThrowsAsync<LogGapException>(
            () => new EventHubsLogReader(new ListConsumer(5, 6, 8), 8).ReadAsync(0, 5, 10_000, _batch, CancellationToken.None).AsTask());

    private long[] Sequences() => [.. _batch.Entries.ToArray().Select(e => e.Sequence)];
}
