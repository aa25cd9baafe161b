using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Testing.Log;

/// <summary>What every adapter of the click log must do. Inherit it in the adapter's test project and say how to open one.</summary>
public abstract class ClickLogContract
{
    private const int Partitions = 4;
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>A new, empty log.</summary>
    protected abstract ClickLogUnderTest Open(int partitionCount);

    /// <summary>A new log that makes nothing durable until it is disposed and accepts one append at most.</summary>
    protected abstract ClickLogUnderTest OpenStalled(int partitionCount);

    [Fact]
    public async Task ReadAsync_EmptyPartition_GivesEmptyBatch()
    {
        using var test = Open(Partitions);
        var batch = new RecordBatch();
        batch.Add(7, 7, "left over"u8);

        await test.Reader.ReadAsync(0, 0, 1024, batch, None);

        Assert.Equal(0, batch.Count);
        Assert.Equal(new LogRange(0, 0), test.Reader.GetRange(0));
        Assert.Equal(Partitions, test.Log.PartitionCount);
        Assert.Equal(Partitions, test.Reader.PartitionCount);
    }

    [Fact]
    public async Task AppendAsync_OneAfterTheOther_SequencesAreContiguousFromZeroPerPartition()
    {
        using var test = Open(Partitions);
        var next = new long[Partitions];
        for (var i = 0; i < 40; i++)
        {
            var id = Id(i);
            var position = await test.Log.AppendAsync(id, Record(i), None);
            Assert.Equal(new LogPosition(id.Partition(Partitions), next[id.Partition(Partitions)]++), position);
        }

        for (var p = 0; p < Partitions; p++)
            Assert.Equal(new LogRange(0, next[p]), test.Reader.GetRange(p));
    }

    [Fact]
    public async Task ReadAsync_AfterManyConcurrentAppends_GivesEachRecordAtItsPosition()
    {
        using var test = Open(Partitions);
        var positions = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(
            async () => await test.Log.AppendAsync(Id(i), Record(i), None))));

        var expected = positions.Select((position, i) => (position, Text: Encoding.UTF8.GetString(Record(i)))).ToDictionary();
        var actual = new Dictionary<LogPosition, string>();
        for (var p = 0; p < Partitions; p++)
        {
            foreach (var (sequence, text) in await ReadAll(test.Reader, p, maxBytes: 333))
                actual.Add(new LogPosition(p, sequence), text);
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task AppendAsync_BufferChangedAfterTheCall_StoresWhatItWas()
    {
        using var test = Open(1);
        var record = Record(1);

        var append = test.Log.AppendAsync(Id(1), record, None);
        Array.Clear(record);
        await append;

        var (_, text) = Assert.Single(await ReadAll(test.Reader, 0, 1024));
        Assert.Equal("record 1", text[..8]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(49)]
    public async Task ReadAsync_FromTheMiddle_BeginsExactlyThere(long from)
    {
        using var test = Open(1);
        for (var i = 0; i < 50; i++)
            await test.Log.AppendAsync(Id(i), Record(i), None);
        var batch = new RecordBatch();

        await test.Reader.ReadAsync(0, from, int.MaxValue, batch, None);

        Assert.Equal(from, batch.Entries[0].Sequence);
        Assert.Equal(Record((int)from), batch.GetRecord(0));
    }

    [Fact]
    public async Task ReadAsync_OneByteAllowed_GivesOneRecord()
    {
        using var test = Open(1);
        await test.Log.AppendAsync(Id(0), Record(0), None);
        await test.Log.AppendAsync(Id(1), Record(1), None);
        var batch = new RecordBatch();

        await test.Reader.ReadAsync(0, 0, maxBytes: 1, batch, None);

        Assert.Equal(1, batch.Count);
        Assert.Equal(Record(0), batch.GetRecord(0));
    }

    [Fact]
    public async Task ReadAsync_ArrivalTimes_NeverGoBack()
    {
        using var test = Open(1);
        for (var i = 0; i < 20; i++)
            await test.Log.AppendAsync(Id(i), Record(i), None);
        var batch = new RecordBatch();

        await test.Reader.ReadAsync(0, 0, int.MaxValue, batch, None);

        var arrivals = batch.Entries.ToArray().Select(e => e.ArrivalMs).ToArray();
        Assert.Equal(arrivals.Order(), arrivals);
    }

    [Fact]
    public async Task WaitForAsync_RecordAppendedLater_CompletesOnceItIsThere()
    {
        using var test = Open(1);
        var wait = test.Reader.WaitForAsync(0, 1, None).AsTask();
        await test.Log.AppendAsync(Id(0), Record(0), None);
        Assert.False(wait.IsCompleted);

        await test.Log.AppendAsync(Id(1), Record(1), None);

        await wait;
        Assert.True(test.Reader.GetRange(0).Next > 1);
    }

    [Fact]
    public async Task WaitForAsync_RecordThereAlready_CompletesAtOnce()
    {
        using var test = Open(1);
        await test.Log.AppendAsync(Id(0), Record(0), None);

        Assert.True(test.Reader.WaitForAsync(0, 0, None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WaitForAsync_Cancelled_Throws()
    {
        using var test = Open(1);
        using var cancellation = new CancellationTokenSource();
        var wait = test.Reader.WaitForAsync(0, 0, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task AppendAsync_AlreadyCancelled_AppendsNothing()
    {
        using var test = Open(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await test.Log.AppendAsync(Id(0), Record(0), new CancellationToken(canceled: true)));

        var position = await test.Log.AppendAsync(Id(1), Record(1), None);
        Assert.Equal(0, position.Sequence);
    }

    [Fact]
    public async Task AppendAsync_MoreThanIsAccepted_IsRefusedAtOnceAndTheRestIsKept()
    {
        var test = OpenStalled(1);
        var first = test.Log.AppendAsync(Id(0), Record(0), None).AsTask();

        await Assert.ThrowsAsync<LogOverloadedException>(async () => await test.Log.AppendAsync(Id(1), Record(1), None));

        Assert.False(first.IsCompleted);
        test.Dispose();
        Assert.Equal(0, (await first).Sequence);
    }

    /// <summary>Everything in a partition, read in pieces.</summary>
    protected static async Task<List<(long Sequence, string Text)>> ReadAll(ILogReader reader, int partition, int maxBytes)
    {
        var (records, batch) = (new List<(long, string)>(), new RecordBatch());
        var range = reader.GetRange(partition);
        for (var at = range.First; at < range.Next;)
        {
            await reader.ReadAsync(partition, at, maxBytes, batch, None);
            Assert.True(batch.Count > 0, $"No progress at sequence {at}.");
            for (var i = 0; i < batch.Count; i++, at++)
            {
                Assert.Equal(at, batch.Entries[i].Sequence);
                records.Add((at, Encoding.UTF8.GetString(batch.GetRecord(i))));
            }
        }

        return records;
    }

    protected static Fingerprint Id(int number) => Fingerprint.Of(EventType.Click, BitConverter.GetBytes(number));

    /// <summary>A record whose length varies with its number.</summary>
    protected static byte[] Record(int number) => Encoding.UTF8.GetBytes($"record {number} {new string('x', number % 97)}");
}
