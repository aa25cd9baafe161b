using System.Text;
using ClickFuncs.Lake;
using ClickFuncs.Lake.Inventory;
using ClickFuncs.Local.Lake;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.Testing.Lake;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Lake;

/// <summary>A lake with an inventory does what every lake does, and whatever happens to a file afterwards is found.</summary>
public sealed class InventoriedLakeTests : LakeContract, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryDirectory _folder = new();
    private readonly InMemoryLake _files = new();
    private readonly SqliteLakeInventory _inventory;
    private readonly InventoriedLake _lake;

    public InventoriedLakeTests()
    {
        Directory.CreateDirectory(_folder.Path);
        _inventory = new SqliteLakeInventory(Path.Combine(_folder.Path, "inventory.db"));
        _lake = Over(_files);
    }

    [Fact]
    public async Task Verify_UntouchedFiles_FindsNothing()
    {
        await WriteAsync("a/1", "b/1", "b/2");
        await _lake.DeleteAsync("b/1", None);
        Assert.Empty(await VerifyAsync());
        Assert.Equal(["a/1", "b/2"], await _inventory.ListAsync(None).Select(entry => entry.Path).ToListAsync());
    }

    [Theory]
    [InlineData("a/1")]
    [InlineData("b/1")]
    [InlineData("b/2")]
    public async Task Verify_FileTakenAway_NamesIt(string path)
    {
        await WriteAsync("a/1", "b/1", "b/2");
        await _files.DeleteAsync(path, None);
        Assert.Equal($"{path} is missing. The inventory of the lake has it with 3 bytes.", Assert.Single(await VerifyAsync()));
    }

    [Theory]
    [InlineData("a/2", "is another")]
    [InlineData("longer", "has 6 bytes")]
    public async Task Verify_FileAltered_NamesIt(string content, string problem)
    {
        await WriteAsync("a/1", "b/1");
        _files.Overwrite("a/1", Encoding.UTF8.GetBytes(content));
        Assert.Contains(problem, Assert.Single(await VerifyAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/0")]
    [InlineData("a/2")]
    [InlineData("z/1")]
    public async Task Verify_FileThatSomebodyElsePutThere_NamesIt(string path)
    {
        await WriteAsync("a/1", "b/1");
        _files.Overwrite(path, [1]);
        Assert.StartsWith($"{path} lies in the lake, but the inventory does not know it", Assert.Single(await VerifyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ALakeThatIsGone_DoesNotListEveryFile()
    {
        for (var i = 0; i < 1002; i++)
            await _inventory.EnterAsync($"f/{i:D4}", 1, "00", None);
        var findings = await VerifyAsync();
        Assert.Equal((1001, "And 2 more files of the lake are missing, altered or unknown."), (findings.Count, findings[^1]));
    }

    [Fact]
    public async Task Create_InPlaceOfWhatWasTakenAway_IsFoundUnlessItIsTheSame()
    {
        await WriteAsync("a/1", "b/1");
        await _files.DeleteAsync("a/1", None);
        await _files.DeleteAsync("b/1", None);

        await WriteAsync("a/1");
        await _lake.CreateAsync("b/1", "new"u8.ToArray(), None);

        Assert.StartsWith("b/1 was altered", Assert.Single(await VerifyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settle_KilledBeforeAFileHasItsName_ForgetsIt()
    {
        _files.BeforeNaming = _ => throw new IOException("killed");
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("a/1"));
        Assert.Empty(await VerifyAsync());

        await _lake.SettleAsync(None);

        Assert.Empty(await _inventory.ListAsync(None).ToListAsync());
    }

    [Fact]
    public async Task Settle_KilledBeforeAFileIsEntered_EntersIt()
    {
        await _inventory.ExpectAsync("a/1", None);
        await _files.CreateAsync("a/1", "a/1"u8.ToArray(), None);
        Assert.Empty(await VerifyAsync());

        await _lake.SettleAsync(None);

        await _files.DeleteAsync("a/1", None);
        Assert.Single(await VerifyAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Settle_KilledWhileAFileIsDeleted_CompletesThat(bool isDeleted)
    {
        await WriteAsync("a/1");
        await _inventory.ReleaseAsync("a/1", None);
        if (isDeleted)
            await _files.DeleteAsync("a/1", None);
        Assert.Empty(await VerifyAsync());

        await _lake.SettleAsync(None);

        Assert.Empty(_files.Paths);
        Assert.Empty(await _inventory.ListAsync(None).ToListAsync());
    }

    [Fact]
    public async Task Create_AgainAfterAKill_EntersWhatIsThere()
    {
        await _inventory.ExpectAsync("a/1", None);
        await _files.CreateAsync("a/1", "a/1"u8.ToArray(), None);

        Assert.False(await _lake.CreateAsync("a/1", "other"u8.ToArray(), None));

        Assert.Equal(InventoryState.Present, (await _inventory.FindAsync("a/1", None))!.State);
        Assert.Empty(await VerifyAsync());
    }

    [Fact]
    public async Task Adopt_LakeWithoutInventory_TakesInWhatIsThere()
    {
        _files.Overwrite("a/1", [1, 2, 3]);
        await _lake.AdoptAsync(None);
        Assert.Empty(await VerifyAsync());
        _files.Overwrite("a/1", [1, 2, 4]);
        Assert.Single(await VerifyAsync());
    }

    public void Dispose()
    {
        _inventory.Dispose();
        _folder.Dispose();
    }

    protected override ILake OpenEmpty() => Over(new FolderLake(Path.Combine(_folder.Path, "lake")));

    private InventoriedLake Over(ILake lake) => new(lake, _inventory, NullLogger<InventoriedLake>.Instance);

    private async Task WriteAsync(params string[] paths)
    {
        foreach (var path in paths)
            Assert.True(await _lake.CreateAsync(path, Encoding.UTF8.GetBytes(path), None));
    }

    private async Task<List<string>> VerifyAsync() => await InventoryVerification.FindAsync(_files, _inventory, None).ToListAsync();
}
