using System.Text;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Spool;

namespace ClickFuncs.Functions.Tests.Spool;

/// <summary>The spool in storage keeps what every spool must, over a lake in memory.</summary>
public sealed class LakeSpoolTests : SpoolContract
{
    private readonly InMemoryLake _lake = new();

    [Fact]
    public async Task RemoveAsync_WithinAFileAndKilledBeforeItIsDeleted_IsRemembered()
    {
        var name = SpoolName.Entries("a", 0, 3, 7);
        await _lake.CreateAsync($"{name}", SpoolFile.Write([(7, "entry 0"u8.ToArray()), (7, "entry 1"u8.ToArray()), (8, "entry 2"u8.ToArray())]), CancellationToken.None);
        var spool = await LakeSpool.OpenAsync(_lake, "a", Unlimited, TimeProvider.System, CancellationToken.None);
        await spool.RemoveAsync(1, CancellationToken.None);

        var again = await LakeSpool.OpenAsync(_lake, "a", Unlimited, TimeProvider.System, CancellationToken.None);
        Assert.Equal(1, again.Size.Records);
        Assert.Equal(["entry 2"], await ReadAsync(again));
        await again.RemoveAsync(2, CancellationToken.None);
        Assert.Empty(await _lake.ListAsync("", CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task AppendAsync_StorageFails_IsRefusedAndWhatWasWrittenAllTheSameIsDrained()
    {
        var lake = new UnsureLake(_lake);
        var spool = LakeSpool.OfNewOwner(lake, "a", Unlimited, TimeProvider.System);
        lake.LosesAnswer = true;
        var refusal = await Assert.ThrowsAsync<SpoolRefusedException>(() => spool.AppendAsync("entry 0"u8, CancellationToken.None).AsTask());
        Assert.False(refusal.IsUntouched);
        lake.LosesAnswer = false;
        await spool.AppendAsync("entry 1"u8, CancellationToken.None);
        Assert.Equal(["entry 0", "entry 1"], await ReadAsync(spool));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(-1)]
    public async Task ReadAsync_FileThatIsCutOrLonger_IsRefusedWhole(int missing)
    {
        var content = SpoolFile.Write([(7, "entry 0"u8.ToArray()), (7, "entry 1"u8.ToArray())]);
        Array.Resize(ref content, content.Length - missing);
        await _lake.CreateAsync($"{SpoolName.Entries("a", 0, 2, 7)}", content, CancellationToken.None);
        var spool = await LakeSpool.OpenAsync(_lake, "a", Unlimited, TimeProvider.System, CancellationToken.None);
        await Assert.ThrowsAsync<LogCorruptException>(() => ReadAsync(spool));
    }

    protected override ISpool Open(long limitBytes) =>
        LakeSpool.OpenAsync(_lake, "owner", limitBytes, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();

    protected override void Close()
    {
        // Nothing is held open.
    }

    private static async Task<List<string>> ReadAsync(LakeSpool spool)
    {
        var batch = new RecordBatch();
        await spool.ReadAsync(int.MaxValue, batch, CancellationToken.None);
        return [.. Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch.GetRecord(i)))];
    }

    /// <summary>A lake that writes and does not say so.</summary>
    private sealed class UnsureLake(ILake lake) : ILake
    {
        public bool LosesAnswer { get; set; }

        public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
        {
            var isCreated = await lake.CreateAsync(path, write, cancellationToken);
            return LosesAnswer ? throw new IOException("The connection was reset.") : isCreated;
        }

        public IAsyncEnumerable<LakeFile> ListAsync(string prefix, CancellationToken cancellationToken) => lake.ListAsync(prefix, cancellationToken);

        public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken) => lake.FindAsync(path, cancellationToken);

        public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken) => lake.OpenReadAsync(path, cancellationToken);

        public ValueTask DeleteAsync(string path, CancellationToken cancellationToken) => lake.DeleteAsync(path, cancellationToken);

        public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken) => lake.FetchAsync(path, cancellationToken);
    }
}
