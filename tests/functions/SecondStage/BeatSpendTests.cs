using ClickFuncs.Functions.SecondStage;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Functions.Tests.Counting;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.Spool;
using ClickFuncs.Testing.Time;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.SecondStage;

/// <summary>What is said of how far the click log is, by which campaigns are held back or not.</summary>
public sealed class BeatSpendTests
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryLake _lake = new();

    [Fact]
    public async Task Beat_NothingSpooled_IsAsOfNow() => Assert.Equal(NowMs(), (await BeatAsync()).AtMs);

    // A click in a spool is spent, and on no log that spend is read from.
    [Fact]
    public async Task Beat_ClickInASpoolOfAnyInstance_IsAsOfBeforeIt()
    {
        var cameAt = NowMs();
        await _lake.CreateAsync($"{SpoolName.Entries("other", 0, 1, cameAt)}", SpoolFile.Write([(cameAt, new byte[40])]), CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(cameAt - 1, (await BeatAsync()).AtMs);
    }

    private long NowMs() => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<SpendBeat> BeatAsync()
    {
        var hub = new ScriptedLog(_clock);
        var spools = new SpoolAdoption(_lake, hub, hub, new SpoolOptions(), "self", _clock, NullLoggerFactory.Instance);
        // The lanes are not asked.
        var functions = new SecondStageFunctions(null!, null!, new ListPartition(new ListLog()), hub, spools, _clock);
        await functions.BeatSpendAsync(new TimerInfo(), CancellationToken.None);
        var batch = new RecordBatch();
        await hub.ReadAsync(0, 0, 1, batch, CancellationToken.None);
        return SpendBeat.Decode(batch.GetRecord(0));
    }
}
