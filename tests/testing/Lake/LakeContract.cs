using System.Text;
using ClickFuncs.Lake;

namespace ClickFuncs.Testing.Lake;

/// <summary>What every adapter of the lake must do. Inherit it in the adapter's test project and say how to open one.</summary>
public abstract class LakeContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>A lake without files.</summary>
    protected abstract ILake OpenEmpty();

    [Fact]
    public async Task CreateAsync_NewPath_MakesAFileThatReadsBack()
    {
        var lake = OpenEmpty();

        Assert.True(await CreateAsync(lake, "a/b/c.txt", "content"));

        Assert.Equal("content", await ReadAsync(lake, "a/b/c.txt"));
        Assert.Equal(new LakeFile("a/b/c.txt", 7), await lake.FindAsync("a/b/c.txt", None));
        Assert.Equal([new LakeFile("a/b/c.txt", 7)], await lake.ListAsync("", None).ToListAsync());
    }

    [Fact]
    public async Task CreateAsync_EmptyContent_MakesAnEmptyFile()
    {
        var lake = OpenEmpty();

        Assert.True(await lake.CreateAsync("empty", (_, _) => ValueTask.CompletedTask, None));

        Assert.Equal(new LakeFile("empty", 0), await lake.FindAsync("empty", None));
    }

    [Fact]
    public async Task CreateAsync_TakenPath_LeavesTheFileAsItIs()
    {
        var lake = OpenEmpty();
        await CreateAsync(lake, "a/b", "first");

        Assert.False(await CreateAsync(lake, "a/b", "second"));

        Assert.Equal("first", await ReadAsync(lake, "a/b"));
        Assert.Single(await lake.ListAsync("", None).ToListAsync());
    }

    [Fact]
    public async Task CreateAsync_ManyAtOnce_OneMakesTheFile()
    {
        var lake = OpenEmpty();
        using var ready = new Barrier(8);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Factory.StartNew(
            () =>
            {
                ready.SignalAndWait();
                return CreateAsync(lake, "race/one", $"writer {writer}");
            },
            None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        var winner = Assert.Single(Enumerable.Range(0, 8), writer => made[writer]);
        Assert.Equal($"writer {winner}", await ReadAsync(lake, "race/one"));
    }

    [Fact]
    public async Task CreateAsync_WriterThrows_LeavesNoFile()
    {
        var lake = OpenEmpty();

        await Assert.ThrowsAsync<FormatException>(async () => await lake.CreateAsync("a/b", FailHalfWay, None));

        await RequireNothing(lake);
        Assert.True(await CreateAsync(lake, "a/b", "now"));

        static async ValueTask FailHalfWay(Stream stream, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("half"u8.ToArray(), cancellationToken);
            throw new FormatException();
        }
    }

    [Fact]
    public async Task CreateAsync_CancelledWhileWriting_LeavesNoFile()
    {
        var lake = OpenEmpty();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lake.CreateAsync(
            "a/b",
            async (stream, _) =>
            {
                stream.WriteByte(1);
                await cancellation.CancelAsync();
            },
            cancellation.Token));

        await RequireNothing(lake);
    }

    [Fact]
    public async Task CreateAsync_WhileItIsWritten_TheFileDoesNotShow()
    {
        var lake = OpenEmpty();

        await lake.CreateAsync(
            "a/b",
            async (stream, token) =>
            {
                await stream.WriteAsync("half"u8.ToArray(), token);
                await stream.FlushAsync(token);
                await RequireNothing(lake);
            },
            None);

        Assert.NotNull(await lake.FindAsync("a/b", None));
    }

    [Fact]
    public async Task ListAsync_AnyPrefix_GivesWhatBeginsSoInOrdinalOrder()
    {
        var (lake, random) = (OpenEmpty(), new Random(5));
        var paths = new HashSet<string> { "x/a", "x/a-b/c", "x/a.b", "x/a=1/b", "x/ab", "x/b/a", "x-y", "x0", "X/a" };
        while (paths.Count < 60)
            paths.Add($"{Name(random)}/{Name(random)}/{Name(random)}.f");
        foreach (var path in paths)
            Assert.True(await CreateAsync(lake, path, path));

        IEnumerable<string> prefixes = ["", "x", "x/", "x/a", "x/a-", "none", "none/", .. paths.SelectMany(p => new[] { p, p[..(p.Length / 2)], p[..(p.IndexOfAny(['/', '-', '0']) + 1)] })];
        foreach (var prefix in prefixes.Distinct())
        {
            var expected = paths.Where(p => p.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(p => new LakeFile(p, p.Length));
            Assert.Equal(expected, await lake.ListAsync(prefix, None).ToListAsync());
        }
    }

    [Fact]
    public async Task OpenReadAsync_NoFile_Throws()
    {
        var lake = OpenEmpty();
        await CreateAsync(lake, "a/b", "content");

        var failure = await Assert.ThrowsAsync<LakeFileMissingException>(async () => await lake.OpenReadAsync("a/c", None));
        Assert.Equal("a/c", failure.Path);
        await Assert.ThrowsAsync<LakeFileMissingException>(async () => await lake.OpenReadAsync("a", None));
        await Assert.ThrowsAsync<LakeFileMissingException>(async () => await lake.FetchAsync("c/d", None));
        Assert.Null(await lake.FindAsync("a", None));
    }

    [Fact]
    public async Task DeleteAsync_AFile_IsGoneAndItsNameFree()
    {
        var lake = OpenEmpty();
        await CreateAsync(lake, "a/b", "first");

        await lake.DeleteAsync("a/b", None);
        await lake.DeleteAsync("a/b", None);
        await lake.DeleteAsync("never/was", None);

        await RequireNothing(lake);
        Assert.True(await CreateAsync(lake, "a/b", "second"));
        Assert.Equal("second", await ReadAsync(lake, "a/b"));
    }

    [Fact]
    public async Task FetchAsync_AFile_GivesALocalFileWithItsContent()
    {
        var lake = OpenEmpty();
        await CreateAsync(lake, "a/b.parquet", "content");

        await using var local = await lake.FetchAsync("a/b.parquet", None);

        Assert.True(Path.IsPathFullyQualified(local.LocalPath));
        Assert.EndsWith(".parquet", local.LocalPath, StringComparison.Ordinal);
        Assert.Equal("content", await File.ReadAllTextAsync(local.LocalPath));
    }

    [Fact]
    public async Task Sha256Async_TwoContents_AreTheirDigests()
    {
        var lake = OpenEmpty();
        await CreateAsync(lake, "abc", "abc");

        // The standard's own example.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", await LakeDigest.Sha256Async(lake, "abc", None));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/b/")]
    [InlineData("./a")]
    [InlineData(".hidden")]
    [InlineData("a/.tmp/b")]
    [InlineData("a\\b")]
    [InlineData("c:a")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task AnyCall_PathThatIsNone_Throws(string path)
    {
        var lake = OpenEmpty();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => CreateAsync(lake, path, "x"));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await lake.FindAsync(path, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await lake.OpenReadAsync(path, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await lake.FetchAsync(path, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await lake.DeleteAsync(path, None));
        await RequireNothing(lake);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../")]
    [InlineData("a/../../")]
    [InlineData("/")]
    [InlineData("/etc")]
    public async Task ListAsync_PrefixThatIsNone_Throws(string prefix) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await OpenEmpty().ListAsync(prefix, None).ToListAsync());

    /// <summary>Writes a text.</summary>
    protected static async Task<bool> CreateAsync(ILake lake, string path, string content) => await lake.CreateAsync(
        path, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(content), token), None);

    /// <summary>Reads a text.</summary>
    protected static async Task<string> ReadAsync(ILake lake, string path)
    {
        using var reader = new StreamReader(await lake.OpenReadAsync(path, None));
        return await reader.ReadToEndAsync();
    }

    private static async Task RequireNothing(ILake lake)
    {
        Assert.Empty(await lake.ListAsync("", None).ToListAsync());
        Assert.Null(await lake.FindAsync("a/b", None));
    }

    private static string Name(Random random) => new([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => "ab0-.=_"[random.Next(3)])]);
}
