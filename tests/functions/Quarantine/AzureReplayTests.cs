using ClickFuncs.Events;
using ClickFuncs.Functions.Quarantine;
using ClickFuncs.Log;
using ClickFuncs.Quarantine;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Functions.Tests.Quarantine;

/// <summary>Quarantined events on Azure are sent again and counted once, whatever happens between; or it is said that nobody knows.</summary>
public sealed class AzureReplayTests
{
    private const int Future = 5;
    private const string Mended = """{"click_id":"mended","ad_id":"a","campaign_id":"c","advertiser_id":"adv_1","event_time":"2026-07-01T12:00:00Z"}""";
    private const string MendedOtherwise = """{"click_id":"other","ad_id":"a","campaign_id":"c","advertiser_id":"adv_1","event_time":"2026-07-01T12:00:00Z"}""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Replay_WhileNothingIsValid_SendsNothingAndSaysWhy()
    {
        var rig = await StartAsync(passed: TimeSpan.Zero);
        var summary = await rig.ReplayAsync(rig.Process());
        Assert.Equal((Future + 2, 0), (summary.Looked, summary.Sent));
        Assert.Equal(Future, summary.StillInvalid["future_event_time"]);
        Assert.Equal(1, (await rig.CountersAsync()).Accepted);
    }

    [Fact]
    public async Task Replay_OfEventsWhoseTimeHasCome_CountsThemOnceHoweverOftenItIsAskedFor()
    {
        var rig = await StartAsync(Hour);
        var first = await rig.ReplayAsync(rig.Process());
        var again = await rig.ReplayAsync(rig.Process());

        Assert.Equal((Future, 0, 0), (first.Sent, first.AlreadySent, first.Unsure));
        Assert.Equal((0, Future, 0), (again.Sent, again.AlreadySent, again.Unsure));
        Assert.Equal((0, 0), (first.LateAgain, first.QuarantinedAgain));
        Assert.Equal(1 + Future, (await rig.CountersAsync()).Accepted);
        Assert.All(await rig.ListAsync("future_event_time"), entry => Assert.True(entry.IsReplayed));
    }

    [Fact]
    public async Task Replay_OfWhatIsNoEvent_LeavesItWhereItIs()
    {
        var rig = await StartAsync(Hour);
        var summary = await rig.ReplayAsync(rig.Process());
        Assert.Equal(2, summary.StillInvalid.Values.Sum());
        Assert.Equal(2, (await rig.ListAsync()).Count(entry => !entry.IsReplayed));
    }

    [Fact]
    public async Task Replay_DryRun_SaysTheSameAndChangesNothing()
    {
        var rig = await StartAsync(Hour);
        var records = rig.Hub.Records.Count;
        var dry = await rig.Process().ReplayAsync(new ReplayRequest(null, [], IsDryRun: true), CancellationToken.None);
        Assert.Equal(Future, dry.Sent);
        Assert.Equal(records, rig.Hub.Records.Count);
        Assert.Equal(Future, (await rig.ReplayAsync(rig.Process())).Sent);
        Assert.Equal(Future, (await rig.Process().ReplayAsync(new ReplayRequest(null, [], IsDryRun: true), CancellationToken.None)).AlreadySent);
    }

    [Fact]
    public async Task Replay_OfAMendedEvent_CountsTheMendedFormOnce()
    {
        var rig = await StartAsync(TimeSpan.Zero);
        var place = await MissingAsync(rig);
        var first = await rig.ReplayAsync(rig.Process(), new MendedEvent(place, Mended));
        var again = await rig.ReplayAsync(rig.Process(), new MendedEvent(place, Mended), new MendedEvent(new QuarantinePlace(0, 99), Mended));
        Assert.Equal(1, first.Sent);
        Assert.Equal((0, 1, 1), (again.Sent, again.AlreadySent, again.NotThere));
        Assert.Equal(1, rig.Copies("mended"));
    }

    [Fact]
    public async Task Replay_OfMoreThanARequestMay_SaysWhereTheNextOneGoesOn()
    {
        var rig = await StartAsync(Hour);
        var (sent, requests, from) = (0L, 0, (QuarantinePlace?)null);
        do
        {
            var part = await rig.Process(bounds: new ReplayBounds { MostSent = 2 }).ReplayAsync(new ReplayRequest(null, [], false, from), CancellationToken.None);
            Assert.InRange(part.Sent, 0, 2);
            (sent, requests, from) = (sent + part.Sent, requests + 1, part.Next);
        }
        while (from is not null);

        Assert.Equal((Future, 3), (sent, requests));
        Assert.Equal(1 + Future, (await rig.CountersAsync()).Accepted);
    }

    [Fact]
    public async Task Replay_OfMoreThanARequestMayRead_GetsPastWhatStaysInvalid()
    {
        var rig = await StartAsync(Hour);
        var (sent, from) = (0L, (QuarantinePlace?)null);
        do
        {
            var part = await rig.Process(bounds: new ReplayBounds { MostRead = 1 }).ReplayAsync(new ReplayRequest(null, [], false, from), CancellationToken.None);
            Assert.Equal(1, part.Looked);
            (sent, from) = (sent + part.Sent, part.Next);
        }
        while (from is not null);

        Assert.Equal(Future, sent);
    }

    [Fact]
    public async Task Replay_NotCountedInTime_DoesNotSayThatNothingWasLate()
    {
        var rig = await StartAsync(Hour);
        rig.IsCounting = false;
        var summary = await rig.ReplayAsync(rig.Process(bounds: new ReplayBounds { CountFor = TimeSpan.Zero }));
        Assert.Equal(Future, summary.Sent);
        Assert.Null(summary.LateAgain);
        Assert.Null(summary.QuarantinedAgain);
    }

    [Fact]
    public async Task Replay_OfEventsThatAreLateByNow_SaysHowMany()
    {
        var rig = await StartAsync(3 * Hour);
        await rig.SendAsync([.. Enumerable.Range(0, 20).Select(i => new TestEvent { ClickId = $"now_{i}", TimeMs = TestEvent.Noon + (3 * 3600_000) })]);
        Assert.Equal(Future, (await rig.ReplayAsync(rig.Process())).LateAgain);
    }

    [Fact]
    public async Task Replay_KilledAtAnyStep_CountsEachEventOnceInTheEnd()
    {
        var steps = 0;
        for (var dieAt = 1; ; dieAt++)
        {
            var rig = await StartAsync(Hour);
            var process = new SteppedProcess(dieAt: dieAt);
            await DieAsync(rig.Process(process, new ReplayBounds { MostSent = 4 }));
            rig.Clock.Advance(ReplayMarks.Hold + TimeSpan.FromSeconds(1));

            var again = await rig.ReplayAsync(rig.Process());
            Assert.True(again.Unsure == 0, $"killed at step {dieAt}: {again}");
            var counters = await rig.CountersAsync();
            Assert.True(counters.Accepted == 1 + Future, $"killed at step {dieAt}: {counters}");
            Assert.All((await rig.ListAsync("future_event_time")), entry => Assert.True(entry.IsReplayed));
            if (!process.IsDead)
                break;
            steps = dieAt;
        }

        Assert.True(steps > 20, $"{steps} steps");
    }

    [Fact]
    public async Task Replay_BesideAnotherAtAnyStep_SendsEachEventOnce()
    {
        for (var (at, isOver) = (1, false); !isOver; at++)
        {
            var rig = await StartAsync(Hour);
            ReplaySummary? other = null;
            var process = new SteppedProcess(async step =>
            {
                if (step == at)
                    other = await rig.ReplayAsync(rig.Process());
            });
            var one = await rig.ReplayAsync(rig.Process(process));
            isOver = other is null;
            Assert.True(one.Sent + (other?.Sent ?? 0) == Future, $"at step {at}: {one} beside {other}");
            for (var i = 0; i < Future; i++)
                Assert.True(rig.Copies($"future_{i}") == 2, $"at step {at}: {rig.Copies($"future_{i}") - 1} copies of event {i}");
        }
    }

    [Fact]
    public async Task Replay_WhileAnotherIsAtIt_SaysThatItIsUnsure()
    {
        var rig = await StartAsync(TimeSpan.Zero);
        var place = await MissingAsync(rig);
        await DieAfterAppendAsync(rig, new MendedEvent(place, Mended));
        var beside = await rig.ReplayAsync(rig.Process(), new MendedEvent(place, Mended));
        Assert.Equal((0, 1), (beside.Sent, beside.Unsure));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(25, 1)]
    public async Task Replay_KilledBetweenSendAndMark_SendsAgainOnlyWhileTheStreamKnowsTheId(int hoursLater, int unsure)
    {
        var rig = await StartAsync(TimeSpan.Zero);
        var place = await MissingAsync(rig);
        await DieAfterAppendAsync(rig, new MendedEvent(place, Mended));
        Assert.Equal(1, rig.Copies("mended"));
        rig.Clock.Advance(ReplayMarks.Hold + TimeSpan.FromHours(hoursLater) + TimeSpan.FromSeconds(1));
        // The stream goes on, and forgets what is older than its horizon.
        await rig.SendAsync([.. Enumerable.Range(0, 20).Select(i => new TestEvent { ClickId = $"later_{i}", TimeMs = rig.Clock.GetUtcNow().ToUnixTimeMilliseconds() })]);
        var before = await rig.CountersAsync();

        var again = await rig.ReplayAsync(rig.Process(), new MendedEvent(place, Mended));
        var counters = await rig.CountersAsync() - before;
        Assert.Equal((unsure, 1 - unsure), (again.Unsure, again.Sent));
        Assert.Equal((0, 0), (counters.Accepted, counters.LateDropped));
        Assert.Equal(1 - unsure, counters.Duplicates);
    }

    [Fact]
    public async Task Replay_KilledAndMendedOtherwise_DoesNotSendTheOtherIdToo()
    {
        var rig = await StartAsync(TimeSpan.Zero);
        var place = await MissingAsync(rig);
        await DieAfterAppendAsync(rig, new MendedEvent(place, Mended));
        rig.Clock.Advance(ReplayMarks.Hold + TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await rig.ReplayAsync(rig.Process(), new MendedEvent(place, MendedOtherwise))).Unsure);
        Assert.Equal(0, rig.Copies("other"));
        Assert.Equal(1, (await rig.ReplayAsync(rig.Process(), new MendedEvent(place, Mended))).Sent);
    }

    [Fact]
    public async Task Replay_KilledWithWhatTheStreamDoesNotDeduplicate_NeverSendsItTwice()
    {
        var rig = new QuarantineRig();
        await rig.SendAsync(FutureEvent(0) with { Type = EventType.NonClick, NonClickReason = NonClickReason.Head });
        rig.Clock.Advance(Hour);
        await DieAfterAppendAsync(rig);
        rig.Clock.Advance(ReplayMarks.Hold + TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await rig.ReplayAsync(rig.Process())).Unsure);
        Assert.Equal(2, rig.Copies("future_0"));
    }

    [Fact]
    public async Task Replay_WhoseAcknowledgementIsLost_IsRefusedAndCountedOnceWhenAskedAgain()
    {
        var rig = await StartAsync(Hour);
        rig.Hub.LostAcknowledgement = new LogUnavailableException("lost");
        await Assert.ThrowsAsync<LogUnavailableException>(() => rig.ReplayAsync(rig.Process()));
        rig.Hub.LostAcknowledgement = null;

        // At once: who was refused need not wait until the claim is over.
        Assert.Equal(Future, (await rig.ReplayAsync(rig.Process())).Sent);
        Assert.Equal(1 + Future, (await rig.CountersAsync()).Accepted);
    }

    private static async Task<QuarantineRig> StartAsync(TimeSpan passed)
    {
        var rig = new QuarantineRig();
        await rig.SendAsync(
            [new TestEvent(), new TestEvent { ClickId = "no_ad", Key = new TestEvent().Key with { AdId = "" } }, new TestEvent { ClickId = "junk", Raw = [1, 2, 3] },
                .. Enumerable.Range(0, Future).Select(FutureEvent)]);
        rig.Clock.Advance(passed);
        return rig;
    }

    private static TestEvent FutureEvent(int i) => new() { ClickId = $"future_{i}", TimeMs = TestEvent.Noon + 3600_000 };

    private static async Task<QuarantinePlace> MissingAsync(QuarantineRig rig) => Assert.Single(await rig.ListAsync("missing_dimension")).Place;

    private static async Task DieAsync(AzureQuarantine quarantine, params MendedEvent[] mended)
    {
        try
        {
            await quarantine.ReplayAsync(new ReplayRequest(null, mended, IsDryRun: false), CancellationToken.None);
        }
        catch (SimulatedCrashException)
        {
            // As asked for.
        }
    }

    // Finds the step by which the hub has a record more, and dies there.
    private static async Task DieAfterAppendAsync(QuarantineRig rig, params MendedEvent[] mended)
    {
        var records = rig.Hub.Records.Count;
        var steps = new SteppedProcess(_ => rig.Hub.Records.Count > records ? throw new SimulatedCrashException("after the append") : Task.CompletedTask);
        await DieAsync(rig.Process(steps), mended);
    }
}
