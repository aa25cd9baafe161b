using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Workflows.Scheduling;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace ClickFuncs.Local.Tests.Workflows;

public sealed class ScheduledStartsTests : IAsyncLifetime, IDisposable
{
    private static readonly Script<string, string> Close = new("close", (_, day) => Task.FromResult(day));
    private readonly WorkflowFolder _folder = new();
    private readonly WorkflowRig _rig;

    public ScheduledStartsTests() => _rig = WorkflowRig.Over(new WorkflowCatalog().Add(Close), _folder.Open);

    public async Task InitializeAsync() => await _rig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("15 2 * * *", "2026-07-01T12:00:00Z", 2, "2026-06-30T02:15:00Z 2026-07-01T02:15:00Z")]
    [InlineData("15 2 * * *", "2026-07-01T02:15:00Z", 1, "2026-07-01T02:15:00Z")]
    [InlineData("15 2 * * *", "2026-07-01T02:14:58Z", 1, "2026-06-30T02:15:00Z")]
    [InlineData("5 * * * *", "2026-03-29T02:30:00Z", 3, "2026-03-29T00:05:00Z 2026-03-29T01:05:00Z 2026-03-29T02:05:00Z")]
    [InlineData("0 6 1 * *", "2026-07-01T05:59:00Z", 1, "2026-06-01T06:00:00Z")]
    [InlineData("0 6 * * 1", "2026-07-01T12:00:00Z", 1, "2026-06-29T06:00:00Z")]
    public void LastDue_OfACronTime_GivesTheFiringsBefore(string cron, string now, int count, string expected)
    {
        var due = CronTimes.LastDue(CronTimes.Parse(Schedule(cron)), DateTimeOffset.Parse(now, null), count);
        Assert.Equal(expected.Split(' ').Select(time => DateTimeOffset.Parse(time, null)), due);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0 15 2 * * ?")]
    [InlineData("61 2 * * *")]
    public void Parse_NoCronTime_NamesTheSchedule(string cron) =>
        Assert.Contains("nightly", Assert.Throws<ArgumentException>(() => CronTimes.Parse(Schedule(cron))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task StartDue_MissedFirings_AreMadeUpForOnce()
    {
        // Noon of 1 July; the last three firings were of 28, 29 and 30 June.
        var starts = Starts(Schedule("15 2 * * *", catchUp: 3));
        await starts.StartDueAsync("nightly", CancellationToken.None);
        await starts.StartDueAsync("nightly", CancellationToken.None);
        Assert.Equal(["close-2026-06-30 1", "close-2026-06-29 1", "close-2026-06-28 1"], await RunsAsync());
        await _rig.RunToEndAsync("close-2026-06-30");
        _rig.Clock.Advance(TimeSpan.FromDays(1));
        await starts.StartDueAsync("nightly", CancellationToken.None);
        Assert.Equal("close-2026-07-01 1", (await RunsAsync())[0]);
    }

    [Fact]
    public async Task StartDue_RunThatEnded_IsNotRunAgain()
    {
        var starts = Starts(Schedule("15 2 * * *"));
        await starts.StartDueAsync("nightly", CancellationToken.None);
        var ended = await _rig.RunToEndAsync("close-2026-06-30");
        Assert.Equal("2026-06-30", ended.ReadOutput<string>());
        await starts.StartDueAsync("nightly", CancellationToken.None);
        Assert.Equal(["close-2026-06-30 1"], await RunsAsync());
    }

    [Fact]
    public async Task Host_AtItsStart_StartsWhatIsDue()
    {
        using var host = new HostBuilder().ConfigureServices(services => services.AddWorkflowSchedules(Starts(Schedule("15 2 * * *")))).Build();
        await host.StartAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await RunsAsync()).Length == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var next = (await scheduler.GetTrigger(new TriggerKey("nightly")))!.NextFireTimeUtc!.Value;
        Assert.Equal(new TimeSpan(2, 15, 0), next.UtcDateTime.TimeOfDay);
        await host.StopAsync();
        Assert.Equal(["close-2026-06-30 1"], await RunsAsync());
    }

    [Fact]
    public void AddWorkflowSchedules_None_AddsNothing() =>
        Assert.Empty(new ServiceCollection().AddWorkflowSchedules(Starts()));

    private static WorkflowSchedule Schedule(string cron, int catchUp = 1) => WorkflowSchedule.For(
        "nightly", cron, Close, due => $"close-{Day(due)}", Day, catchUp);

    private static string Day(DateTimeOffset due) => FormattableString.Invariant($"{due.AddDays(-1):yyyy-MM-dd}");

    private ScheduledStarts Starts(params WorkflowSchedule[] schedules) =>
        new(schedules, _rig.Runner, _rig.Clock, NullLogger<ScheduledStarts>.Instance);

    private async Task<string[]> RunsAsync() =>
        [.. (await _rig.Runner.ListAsync("", 99, null, CancellationToken.None)).Runs.Select(run => $"{run.InstanceId} {run.Execution}")];
}
