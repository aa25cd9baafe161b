using ClickFuncs.Budgets;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Functions.Health;
using ClickFuncs.Functions.Operations;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Lake;
using ClickFuncs.State;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Functions.Tests.Operations;

/// <summary>What an instance says of all of them: what is known by what they share, and of the rest that it is unknown.</summary>
public sealed class OperationsWatchTests
{
    private static readonly TimeSpan SixMinutes = TimeSpan.FromMinutes(6);

    private readonly WatchRig _rig = new();

    [Fact]
    public async Task Report_BeforeAnyLook_KnowsNothingAndSaysSo()
    {
        var report = await _rig.AskAsync();
        Assert.True(report.Answer.IsShared);
        Assert.All(report.Answer.Alerts, alert => Assert.Equal("unknown", alert.State));
        Assert.Empty(report.Metrics);
        Assert.Null(report.Answer.FreshnessSeconds);
    }

    [Fact]
    public async Task Report_AfterALook_HasTheNumbersOfEveryPartition()
    {
        (_rig.Next[0], _rig.Next[1]) = (100, 40);
        _rig.CatchUp(new PartitionCounters { Read = 100, Accepted = 97, Quarantined = 3 });
        _rig.Next[1] = 42;
        await _rig.LookAsync();

        var metrics = (await _rig.AskAsync()).Metrics.Split('\n');
        Assert.Contains("clickfuncs_partition_lag{partition=\"0\"} 0", metrics);
        Assert.Contains("clickfuncs_partition_lag{partition=\"1\"} 2", metrics);
        Assert.Contains("clickfuncs_processor_events_total{outcome=\"quarantined\",partition=\"0\"} 3", metrics);
        Assert.Contains("clickfuncs_log_last_sequence{partition=\"1\"} 41", metrics);
        Assert.Contains("clickfuncs_partition_watermark_lag_seconds{partition=\"0\"} 30", metrics);
    }

    [Fact]
    public async Task Report_OfLongAgo_HoldsNoAlertForTrue()
    {
        _rig.CatchUp();
        await _rig.LookAsync();
        var lookedAt = _rig.Clock.GetUtcNow();
        _rig.Clock.Advance(OperationsContent.Trusted + TimeSpan.FromSeconds(1));
        var report = await _rig.AskAsync();
        Assert.Equal(lookedAt, report.Answer.AsOf);
        Assert.All(report.Answer.Alerts, alert => Assert.Contains("has not looked since", alert.Unknown!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("log_unavailable")]
    [InlineData("clicks_shed")]
    [InlineData("disk_full_soon")]
    [InlineData("archive_failing")]
    public async Task Alert_OfWhatOnlyInstancesCount_IsUnknownHoweverLongItIsWatched(string id)
    {
        _rig.CatchUp();
        await _rig.WatchAsync(SixMinutes);
        var alert = await _rig.AlertAsync(id);
        Assert.Equal("unknown", alert.State);
        Assert.NotEmpty(alert.Unknown!);
    }

    [Fact]
    public async Task Alert_ThatLooksBack_IsUnknownUntilThatLongWasWatched()
    {
        _rig.CatchUp();
        await _rig.WatchAsync(TimeSpan.FromMinutes(4));
        Assert.Equal("unknown", (await _rig.AlertAsync("quarantine_rate")).State);
        await _rig.WatchAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("ok", (await _rig.AlertAsync("quarantine_rate")).State);
    }

    [Fact]
    public async Task Alert_OnAShareOfEvents_FiresByWhatEveryInstanceCounted()
    {
        var counters = new PartitionCounters { Accepted = 10_000, Quarantined = 10_000 };
        await _rig.WatchAsync(SixMinutes, () => _rig.CatchUp(counters));
        Assert.Equal("ok", (await _rig.AlertAsync("quarantine_rate")).State);
        await _rig.WatchAsync(TimeSpan.FromSeconds(30), () => _rig.CatchUp(counters with { Accepted = 12_000, Quarantined = 10_100 }));
        var alert = await _rig.AlertAsync("quarantine_rate");
        Assert.Equal("firing", alert.State);
        Assert.Equal(100 / 2100.0, Assert.Single(alert.Series).Value!.Value, 1e-9);
    }

    [Fact]
    public async Task Alert_ThatMustHoldForAWhile_FiresAlthoughEachLookIsByAnotherInstance()
    {
        _rig.Next[0] = 1_000;
        _rig.CatchUp();
        await _rig.WatchAsync(SixMinutes);
        // Nothing is counted any more: some wait for every one that comes.
        await _rig.WatchAsync(TimeSpan.FromSeconds(30), () => _rig.Next[0] += 100);
        Assert.NotEqual("firing", (await _rig.AlertAsync("lag")).State);
        await _rig.WatchAsync(TimeSpan.FromMinutes(3), () => _rig.Next[0] += 100);
        Assert.Equal("firing", (await _rig.AlertAsync("lag")).State);
        Assert.Equal("firing", (await _rig.AlertAsync("partition_failing")).State);
    }

    [Fact]
    public async Task Freshness_OfEventsThatWait_GrowsUntilTheyArePublishedAndFires()
    {
        _rig.CatchUp();
        await _rig.WatchAsync(SixMinutes);
        Assert.Equal("ok", (await _rig.AlertAsync("freshness")).State);
        Assert.Contains("clickfuncs_freshness_seconds 0", (await _rig.AskAsync()).Metrics.Split('\n'));

        _rig.Next[1] += 10;
        await _rig.WatchAsync(TimeSpan.FromSeconds(45));
        Assert.Equal("ok", (await _rig.AlertAsync("freshness")).State);
        Assert.Contains("clickfuncs_freshness_seconds 30", (await _rig.AskAsync()).Metrics.Split('\n'));
        await _rig.WatchAsync(TimeSpan.FromSeconds(15));
        Assert.Equal("firing", (await _rig.AlertAsync("freshness")).State);

        _rig.CatchUp();
        await _rig.WatchAsync(TimeSpan.FromSeconds(15));
        Assert.Equal("ok", (await _rig.AlertAsync("freshness")).State);
    }

    [Fact]
    public async Task Freshness_WhereEachLookFindsNewerEventsWaiting_IsNotTheirWholeTime()
    {
        _rig.CatchUp();
        _rig.Next[0] += 10;
        await _rig.WatchAsync(SixMinutes, () =>
        {
            _rig.CatchUp();
            _rig.Next[0] += 10;
        });

        Assert.Contains("clickfuncs_freshness_seconds 0", (await _rig.AskAsync()).Metrics.Split('\n'));
    }

    [Fact]
    public async Task Freshness_WithTheHubAway_IsUnknown()
    {
        _rig.CatchUp();
        await _rig.WatchAsync(SixMinutes);
        _rig.IsHubAway = true;
        await _rig.WatchAsync(TimeSpan.FromSeconds(15));

        Assert.Equal("unknown", (await _rig.AlertAsync("freshness")).State);
    }

    [Fact]
    public async Task Alert_OfAShareOfNothing_IsStoredAndTold()
    {
        _rig.Next[0] = 1_000;
        _rig.CatchUp();
        _rig.Next[0] = 1_010;
        await _rig.WatchAsync(SixMinutes);
        // No click came within the minute: so much waits for so little is infinite.
        var alert = await _rig.AlertAsync("lag");
        Assert.Equal("firing", alert.State);
        Assert.Null(Assert.Single(alert.Series).Value);
    }

    [Fact]
    public async Task Look_WithTheHubAway_LeavesWhatNeedsItUnknownAndTheRestKnown()
    {
        _rig.CatchUp();
        await _rig.WatchAsync(SixMinutes);
        _rig.IsHubAway = true;
        await _rig.WatchAsync(TimeSpan.FromSeconds(15));
        Assert.Equal("unknown", (await _rig.AlertAsync("lag")).State);
        Assert.Equal("ok", (await _rig.AlertAsync("spool_waiting")).State);
        Assert.DoesNotContain("clickfuncs_partition_lag{", (await _rig.AskAsync()).Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_WithTheHubBack_DoesNotTakeItsNumbersForGrowth()
    {
        _rig.Next[0] = 1_000_000;
        await _rig.WatchAsync(SixMinutes, () => _rig.CatchUp());
        _rig.IsHubAway = true;
        await _rig.WatchAsync(TimeSpan.FromMinutes(1), () => _rig.CatchUp());
        _rig.IsHubAway = false;
        await _rig.WatchAsync(TimeSpan.FromMinutes(1), () => _rig.CatchUp());
        // Growth of a million in 5 minutes would make the watermark an alert.
        var content = await _rig.ContentAsync();
        Assert.All(content.Alerts.Past, moment => Assert.Contains(moment.Counters, sample => sample.Name == "clickfuncs_log_appended_total"));
    }

    [Fact]
    public async Task Look_WithTheStateAway_DoesNotTakePartitionsForIdle()
    {
        _rig.CatchUp();
        await _rig.WatchAsync(SixMinutes);
        _rig.IsStateAway = true;
        await _rig.WatchAsync(TimeSpan.FromSeconds(15));
        Assert.Equal("unknown", (await _rig.AlertAsync("partition_failing")).State);
        Assert.Equal("unknown", (await _rig.AlertAsync("watermark_stalled")).State);
    }

    [Fact]
    public async Task Waiting_OfAPartitionThatKeepsUp_IsNoLongerThanBetweenTwoLooks()
    {
        // Some are always under way.
        await _rig.WatchAsync(SixMinutes, () =>
        {
            _rig.CatchUp();
            _rig.Next[0] += 500;
        });
        var content = await _rig.ContentAsync();
        Assert.Equal(500, content.Partitions[0].Lag);
        Assert.InRange(content.Partitions[0].WaitingMs(content.AtMs)!.Value, 1, (long)OperationsWatch.Interval.TotalMilliseconds);
    }

    [Fact]
    public async Task Waiting_OfAPartitionFirstSeenBehind_IsUnknownAtFirst()
    {
        _rig.CatchUp();
        _rig.Next[0] = 10;
        await _rig.LookAsync();
        Assert.Null((await _rig.ContentAsync()).Partitions[0].WaitingMs((await _rig.ContentAsync()).AtMs));
        Assert.Equal("unknown", (await _rig.AlertAsync("partition_failing")).State);
    }

    [Fact]
    public async Task Spool_OfAnyInstance_IsCountedWithItsFilesAndAge()
    {
        _rig.CatchUp();
        var cameAt = _rig.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await _rig.Spools.CreateAsync($"{SpoolName.Entries("other", 0, 7, cameAt)}", new ReadOnlyMemory<byte>(new byte[10]), CancellationToken.None);
        _rig.Clock.Advance(TimeSpan.FromSeconds(61));
        await _rig.LookAsync();
        Assert.Equal(new SpoolReading(1, 7, cameAt), (await _rig.ContentAsync()).Spool);
        Assert.Equal("firing", (await _rig.AlertAsync("spool_waiting")).State);
    }

    [Fact]
    public async Task Budgets_NeverShown_AreUnknown()
    {
        _rig.CatchUp();
        await _rig.LookAsync();
        Assert.Equal("unknown", (await _rig.AlertAsync("budgets_held")).State);
        Assert.DoesNotContain("clickfuncs_budget", (await _rig.AskAsync()).Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_OfALaneThatStandsStill_AreHeldAndSaidToBe()
    {
        _rig.CatchUp();
        var now = _rig.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await _rig.ShowBudgetsAsync(new BudgetSnapshot([], now, now));
        await _rig.WatchAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("firing", (await _rig.AlertAsync("budgets_held")).State);
        Assert.Equal("ok", (await _rig.AlertAsync("money_at_risk")).State);
    }

    [Fact]
    public async Task LastRun_ThatIsNotThere_IsToldByItsDueTime()
    {
        _rig.CatchUp();
        await _rig.LookAsync();
        var run = Assert.Single((await _rig.AskAsync()).Answer.LastRuns!);
        Assert.Equal(("compaction", "not_started"), (run.Schedule, run.State));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 11, 7, 0, TimeSpan.Zero), run.Due);
    }

    [Fact]
    public async Task Asked_ManyTimes_LooksAtTheDocumentOnceInTwoSeconds()
    {
        _rig.CatchUp();
        await _rig.LookAsync();
        var operations = new SharedOperations(new CosmosOperations(_rig.Shown), _rig.Clock);
        var first = await operations.FindAsync(CancellationToken.None);
        await _rig.LookAsync();
        Assert.Same(first, await operations.FindAsync(CancellationToken.None));
        _rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotSame(first, await operations.FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Asked_WhileTheDocumentIsAway_FailsOnceInTwoSecondsAndThenLooksAgain()
    {
        var away = new AwayDocuments();
        var operations = new SharedOperations(new CosmosOperations(away), _rig.Clock);
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => operations.FindAsync(CancellationToken.None));
        Assert.Equal(1, away.Asked);
        _rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => operations.FindAsync(CancellationToken.None));
        Assert.Equal(2, away.Asked);
    }

    [Fact]
    public async Task Alert_ThatFiredInALookThatBrokeOff_WasSaid()
    {
        _rig.Next[0] = 1_000;
        _rig.CatchUp();
        _rig.Next[0] = 1_010;
        await _rig.WatchAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("pending", (await _rig.AlertAsync("partition_failing")).State);
        Assert.DoesNotContain(_rig.Said, line => line.Contains("partition_failing", StringComparison.Ordinal));
        _rig.Shown.BeforeWrite = (_, _) => throw new TimeoutException("The test's documents are away.");
        for (var i = 0; i < 4; i++)
        {
            _rig.Clock.Advance(OperationsWatch.Interval);
            await Assert.ThrowsAsync<TimeoutException>(_rig.LookAsync);
        }

        Assert.Contains(_rig.Said, line => line.Contains("partition_failing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_OfTheStream_IsDegradedWhenAPartitionStandsStillOrNobodyKnows()
    {
        Assert.Equal(HealthStatus.Degraded, AzureStreamHealthCheck.Judge(null, _rig.Clock.GetUtcNow()).Status);
        _rig.CatchUp();
        await _rig.LookAsync();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        _rig.Next[1] = 5;
        await _rig.WatchAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync());
        _rig.CatchUp();
        await _rig.WatchAsync(OperationsWatch.Interval);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        _rig.Clock.Advance(OperationsContent.Trusted + TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync());
    }

    private async Task<HealthStatus> HealthAsync() => AzureStreamHealthCheck.Judge(await _rig.ContentAsync(), _rig.Clock.GetUtcNow()).Status;

    private sealed class AwayDocuments : IDocuments
    {
        public int Asked { get; private set; }

        public int MaxRawBytes => 1 << 20;

        public Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromException<StoredDocument?>(new TimeoutException("The test's documents are away."));
        }

        public Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
