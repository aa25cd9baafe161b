using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Spool;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Spool;

/// <summary>What an instance of the Azure app leaves in its spool comes to the log, and is known of meanwhile.</summary>
public sealed class SpoolAdoptionTests
{
    private static readonly LogUnavailableException Away = new("the hub is away");

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryLake _lake = new();
    private readonly ScriptedLog _log;

    public SpoolAdoptionTests() => _log = new ScriptedLog(_clock);

    [Fact]
    public async Task Drain_SpoolOfAnInstanceThatIsGone_ComesToTheLogInOrderAndLeavesNothing()
    {
        using var gone = await LeaveAsync("a", "b", "c");
        _clock.Advance(SpoolAdoption.Patience);
        Assert.Equal([gone.Owner], await Adoption().DrainAsync(CancellationToken.None));
        Assert.Equal(["a", "b", "c"], _log.Texts);
        Assert.Empty(await _lake.ListAsync("", CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Drain_SpoolOfAnInstanceThatLives_IsLeftToIt()
    {
        using var living = await LeaveAsync("a");
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(AzureSpool.SignOfLife);
            await living.SayAliveAsync(CancellationToken.None);
        }

        Assert.Empty(await Adoption().DrainAsync(CancellationToken.None));
        Assert.Empty(_log.Texts);
        // One sign of life at a time.
        Assert.Single(await _lake.ListAsync("", CancellationToken.None).Where(file => file.Path.EndsWith(".alive", StringComparison.Ordinal)).ToListAsync());
    }

    [Fact]
    public async Task Drain_SpoolOfItsOwnInstance_IsLeftToThat()
    {
        using var own = await LeaveAsync("a");
        _clock.Advance(SpoolAdoption.Patience);
        Assert.Empty(await Adoption(own.Owner).DrainAsync(CancellationToken.None));
    }

    // The instance died after the log had taken the first entry, and before it was removed.
    [Fact]
    public async Task Drain_EntryThatIsOnTheLogAlready_IsNotAppendedAgain()
    {
        using var gone = await LeaveAsync("a", "b");
        await _log.AppendAsync(IdOf("a"), "a"u8, CancellationToken.None);
        _clock.Advance(SpoolAdoption.Patience);
        await Adoption().DrainAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], _log.Texts);
    }

    [Fact]
    public async Task Drain_LogStillAway_KeepsEverythingForTheNextTime()
    {
        using var gone = await LeaveAsync("a", "b");
        _clock.Advance(SpoolAdoption.Patience);
        _log.Refusal = Away;
        await Assert.ThrowsAsync<LogUnavailableException>(() => Adoption().DrainAsync(CancellationToken.None));
        Assert.Equal(2, (await Adoption().CountAsync(CancellationToken.None)).Events);
        _log.Refusal = null;
        await Adoption().DrainAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], _log.Texts);
    }

    // It was cut off from storage for too long, and is back while another instance drains what it left.
    [Fact]
    public async Task Drain_OwnerThatLivesAfterAllAddsAnEntry_KeepsItForTheNextTime()
    {
        using var living = await LeaveAsync("a");
        _clock.Advance(SpoolAdoption.Patience);
        var isBack = false;
        var lake = new HookedLake(_lake, async path =>
        {
            if (!isBack && (isBack = path.EndsWith(".entries", StringComparison.Ordinal)))
                await living.Clicks.AppendAsync(IdOf("b"), "b"u8.ToArray(), CancellationToken.None);
        });

        await new SpoolAdoption(lake, _log, _log, new SpoolOptions(), "self", _clock, NullLoggerFactory.Instance).DrainAsync(CancellationToken.None);

        Assert.Equal(["a"], _log.Texts);
        Assert.Equal(1, (await Adoption().CountAsync(CancellationToken.None)).Events);
        _clock.Advance(SpoolAdoption.Patience);
        await Adoption().DrainAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], _log.Texts);
    }

    [Fact]
    public async Task Count_SpoolsOfAllInstances_SaysHowMuchWaitsAndSinceWhen()
    {
        Assert.Equal((0L, null), await Adoption().CountAsync(CancellationToken.None));
        var first = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        using var one = await LeaveAsync("a", "b");
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var other = await LeaveAsync("c");
        Assert.Equal((3L, (long?)first), await Adoption().CountAsync(CancellationToken.None));
    }

    [Fact]
    public void Names_OtherFiles_AreNoneOfASpool()
    {
        Assert.Null(SpoolName.Read("readme.txt"));
        Assert.Null(SpoolName.Read("a.0000000000000000001-2.entries"));
        foreach (var name in new[] { SpoolName.Entries("a-1", 5, 3, 7), SpoolName.Drained("a-1", 5), SpoolName.Alive("a-1", 5) })
            Assert.Equal(name, SpoolName.Read($"{name}"));
    }

    private static Fingerprint IdOf(string text) => Fingerprint.Of(EventType.Click, Encoding.UTF8.GetBytes(text));

    // An instance whose log is away, and that takes clicks all the same.
    private async Task<AzureSpool> LeaveAsync(params string[] texts)
    {
        var spool = new AzureSpool(_lake, _log, _log, new SpoolOptions(), _clock, NullLoggerFactory.Instance);
        _log.Refusal = Away;
        foreach (var text in texts)
            await spool.Clicks.AppendAsync(IdOf(text), Encoding.UTF8.GetBytes(text), CancellationToken.None);
        _log.Refusal = null;
        return spool;
    }

    private SpoolAdoption Adoption(string self = "self") => new(_lake, _log, _log, new SpoolOptions(), self, _clock, NullLoggerFactory.Instance);

    private sealed class HookedLake(ILake lake, Func<string, Task> afterDelete) : ILake
    {
        public IAsyncEnumerable<LakeFile> ListAsync(string prefix, CancellationToken cancellationToken) => lake.ListAsync(prefix, cancellationToken);

        public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken) => lake.FindAsync(path, cancellationToken);

        public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken) => lake.OpenReadAsync(path, cancellationToken);

        public ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken) => lake.CreateAsync(path, write, cancellationToken);

        public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
        {
            await lake.DeleteAsync(path, cancellationToken);
            await afterDelete(path);
        }

        public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken) => lake.FetchAsync(path, cancellationToken);
    }
}
