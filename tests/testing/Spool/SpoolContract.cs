using System.Text;
using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Testing.Spool;

/// <summary>What every adapter of the spool must do. Inherit it in the adapter's test project and say how to open one.</summary>
public abstract class SpoolContract : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Opens the spool under test; again after <see cref="Close"/>, as a process after a crash does.</summary>
    /// <param name="limitBytes">Bytes at which it refuses.</param>
    protected abstract ISpool Open(long limitBytes);

    /// <summary>Lets the spool go without any farewell.</summary>
    protected abstract void Close();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ReadAsync_NothingAppended_GivesNothing()
    {
        var spool = Open();

        Assert.Empty(await ReadAsync(spool));
        Assert.Equal(0, spool.Size.Records);
    }

    [Fact]
    public async Task ReadAsync_SeveralAppended_GivesThemInOrderAgainAndAgain()
    {
        var spool = Open();
        await AppendAsync(spool, 0, 20);

        Assert.Equal(Texts(0, 20), await ReadAsync(spool));
        Assert.Equal(Texts(0, 20), await ReadAsync(spool));
        Assert.Equal(20, spool.Size.Records);
        Assert.InRange(spool.Size.Bytes, 20 * 7, Unlimited);
    }

    [Fact]
    public async Task ReadAsync_FewBytesAllowed_GivesTheOldest()
    {
        var spool = Open();
        await AppendAsync(spool, 0, 5);

        Assert.Equal(Texts(0, 1), await ReadAsync(spool, maxBytes: 1));
    }

    [Fact]
    public async Task ReadAsync_AppendedOneAfterTheOther_ArrivalsNeverGoBack()
    {
        var (spool, batch) = (Open(), new RecordBatch());
        await AppendAsync(spool, 0, 20);
        await spool.ReadAsync(int.MaxValue, batch, None);

        var arrivals = batch.Entries.ToArray().Select(entry => entry.ArrivalMs).ToArray();
        Assert.Equal(arrivals.Order(), arrivals);
    }

    [Fact]
    public async Task RemoveAsync_Some_LeavesTheLater()
    {
        var spool = Open();
        await AppendAsync(spool, 0, 10);
        await spool.RemoveAsync(await SequenceOfAsync(spool, 3), None);

        Assert.Equal(Texts(4, 10), await ReadAsync(spool));
        Assert.Equal(6, spool.Size.Records);
    }

    [Fact]
    public async Task RemoveAsync_Again_ChangesNothing()
    {
        var spool = Open();
        await AppendAsync(spool, 0, 10);
        var (third, fifth) = (await SequenceOfAsync(spool, 3), await SequenceOfAsync(spool, 5));
        await spool.RemoveAsync(fifth, None);
        await spool.RemoveAsync(fifth, None);
        await spool.RemoveAsync(third, None);

        Assert.Equal(Texts(6, 10), await ReadAsync(spool));
    }

    [Fact]
    public async Task AppendAsync_AfterEverythingWasRemoved_GoesOn()
    {
        var spool = Open();
        await AppendAsync(spool, 0, 3);
        await spool.RemoveAsync(await SequenceOfAsync(spool, 2), None);
        await AppendAsync(spool, 3, 5);

        Assert.Equal(Texts(3, 5), await ReadAsync(spool));
    }

    [Fact]
    public async Task Open_Again_HasWhatWasAppendedAndNotWhatWasRemoved()
    {
        var spool = Open();
        await AppendAsync(spool, 0, 10);
        await spool.RemoveAsync(await SequenceOfAsync(spool, 6), None);
        Close();

        var again = Open();
        Assert.Equal(3, again.Size.Records);
        Assert.Equal(Texts(7, 10), await ReadAsync(again));
        await AppendAsync(again, 10, 12);
        Assert.Equal(Texts(7, 12), await ReadAsync(again));
    }

    [Fact]
    public async Task AppendAsync_BufferChangedAfterTheCall_StoresWhatItWas()
    {
        var spool = Open();
        var entry = Encoding.UTF8.GetBytes("entry 0");
        var append = spool.AppendAsync(entry, None);
        Array.Clear(entry);
        await append;

        Assert.Equal(Texts(0, 1), await ReadAsync(spool));
    }

    [Fact]
    public async Task AppendAsync_AtTheLimit_IsRefusedUntouchedAndWhatIsThereStays()
    {
        var spool = Open(limitBytes: 2000);
        var accepted = 0;
        SpoolRefusedException? refusal = null;
        while (refusal is null && accepted < 2000)
        {
            refusal = (SpoolRefusedException?)await Record.ExceptionAsync(() => AppendAsync(spool, accepted, accepted + 1));
            accepted += refusal is null ? 1 : 0;
        }

        Assert.True(refusal?.IsUntouched);
        Assert.InRange(accepted, 1, 2000 / 7);
        Assert.Equal(Texts(0, accepted), await ReadAsync(spool));
        Assert.True(spool.Size.Bytes >= spool.Size.LimitBytes);
    }

    [Fact]
    public async Task AppendAsync_ManyAtOnce_KeepsEach()
    {
        var spool = Open();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(() => AppendAsync(spool, i, i + 1))));

        Assert.Equal(Texts(0, 300).Order(StringComparer.Ordinal), (await ReadAsync(spool)).Order(StringComparer.Ordinal));
    }

    /// <summary>A limit that no test reaches.</summary>
    protected const long Unlimited = 1L << 30;

    /// <summary>Cleans up.</summary>
    protected virtual void Dispose(bool disposing) => Close();

    private ISpool Open() => Open(Unlimited);

    private static IEnumerable<string> Texts(int from, int to) => Enumerable.Range(from, to - from).Select(i => $"entry {i}");

    private static async Task AppendAsync(ISpool spool, int from, int to)
    {
        foreach (var text in Texts(from, to))
            await spool.AppendAsync(Encoding.UTF8.GetBytes(text), None);
    }

    private static async Task<List<string>> ReadAsync(ISpool spool, int maxBytes = int.MaxValue)
    {
        var batch = new RecordBatch();
        await spool.ReadAsync(maxBytes, batch, None);
        return [.. Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch.GetRecord(i)))];
    }

    private static async Task<long> SequenceOfAsync(ISpool spool, int index)
    {
        var batch = new RecordBatch();
        await spool.ReadAsync(int.MaxValue, batch, None);
        return batch.Entries[index].Sequence;
    }
}
