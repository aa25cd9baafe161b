using System.Text.Json;
using ClickFuncs.Events;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Ingest;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Quarantine;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using ClickFuncs.Testing.Time;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Quarantine;

public sealed class ReplayTests : IAsyncLifetime
{
    private const string Valid = """{"click_id":"c1","ad_id":"a","campaign_id":"c","advertiser_id":"adv_1","event_time":"2026-07-01T12:00:00Z"}""";
    private const string Future = """{"click_id":"c2","ad_id":"a","campaign_id":"c","advertiser_id":"adv_1","event_time":"2026-07-01T13:00:00Z"}""";
    private const string NoAd = """{"click_id":"c3","campaign_id":"c","advertiser_id":"adv_1","event_time":"2026-07-01T12:00:00Z"}""";
    private const string Mended = """{"click_id":"c3","ad_id":"a","campaign_id":"c","advertiser_id":"adv_1","event_time":"2026-07-01T12:00:00Z"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-quarantine-");
    private readonly ManualClock _clock = new();
    private readonly LocalOptions _options = new() { Log = new LocalLogOptions { Partitions = 2 } };
    private DataDirectory _directory = null!;
    private LocalNode _node = null!;

    public async Task InitializeAsync()
    {
        _directory = new DataDirectory(_folder.FullName);
        var file = new FileInfo(Path.Combine(_folder.FullName, "events.ndjson"));
        await File.WriteAllLinesAsync(file.FullName, [Valid, Future, NoAd, "not json"]);
        await new IngestFiles(_directory, _options, new ArrivalClock(_clock), NullLoggerFactory.Instance).RunAsync([file], createsAds: false, CancellationToken.None);
        await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task List_OfQuarantinedEvents_ShowsEachWithItsReasonAndItsText()
    {
        using var quarantine = Quarantine();
        var page = await quarantine.ListAsync(new QuarantineQuery(SideOutputKind.Quarantine, null, 0, 0, 100), CancellationToken.None);
        Assert.Null(page.Next);
        Assert.Equal(["future_event_time", "invalid_json", "missing_dimension"], page.Entries.Select(entry => entry.Reason).Order(StringComparer.Ordinal));
        Assert.Equal("not json", page.Entries.Single(entry => entry.Reason == "invalid_json").Event);
        Assert.Equal(NoAd, page.Entries.Single(entry => entry.Reason == "missing_dimension").Event);
        Assert.Equal("c2", JsonElement.Parse(page.Entries.Single(entry => entry.Reason == "future_event_time").Event).GetProperty("click_id").GetString());
    }

    [Fact]
    public async Task List_ByPages_GivesAllOnce()
    {
        using var quarantine = Quarantine();
        var query = new QuarantineQuery(SideOutputKind.Quarantine, null, 0, 0, 1);
        var places = new List<QuarantinePlace>();
        while (true)
        {
            var page = await quarantine.ListAsync(query, CancellationToken.None);
            places.AddRange(page.Entries.Select(entry => entry.Place));
            if (page.Next is not { } next)
                break;
            query = query with { Partition = next.Partition, FromSequence = next.Sequence };
        }

        Assert.Equal(3, places.Count);
        Assert.Equal(3, places.Distinct().Count());
    }

    [Fact]
    public async Task Replay_WhileNothingIsValid_SendsNothingAndSaysWhy()
    {
        using var quarantine = Quarantine();
        var summary = await ReplayAsync(quarantine);
        Assert.Equal((3, 0), (summary.Looked, summary.Sent));
        Assert.Equal(["future_event_time", "invalid_json", "missing_dimension"], summary.StillInvalid.Keys);
        Assert.Equal(1, _node.SumCounters().Accepted);
    }

    [Fact]
    public async Task Replay_OfAnEventWhoseTimeHasCome_CountsItOnceHoweverOftenItIsAskedFor()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        using var quarantine = Quarantine();
        var first = await ReplayAsync(quarantine);
        var again = await ReplayAsync(quarantine);

        Assert.Equal((1, 0), (first.Sent, first.AlreadySent));
        Assert.Equal((0, 1), (again.Sent, again.AlreadySent));
        Assert.Equal(2, _node.SumCounters().Accepted);
        Assert.Equal(0, _node.SumCounters().Duplicates);
        var listed = await quarantine.ListAsync(new QuarantineQuery(SideOutputKind.Quarantine, "future_event_time", 0, 0, 100), CancellationToken.None);
        Assert.True(Assert.Single(listed.Entries).IsReplayed);
    }

    [Fact]
    public async Task Replay_OfAMendedEvent_CountsTheMendedFormOnce()
    {
        using var quarantine = Quarantine();
        var place = (await quarantine.ListAsync(new QuarantineQuery(SideOutputKind.Quarantine, "missing_dimension", 0, 0, 100), CancellationToken.None)).Entries.Single().Place;
        var first = await ReplayAsync(quarantine, new MendedEvent(place, Mended));
        var again = await ReplayAsync(quarantine, new MendedEvent(place, Mended), new MendedEvent(new QuarantinePlace(0, 99), Mended));

        Assert.Equal(1, first.Sent);
        Assert.Equal((0, 1, 1), (again.Sent, again.AlreadySent, again.NotThere));
        Assert.Equal(2, _node.SumCounters().Accepted);
    }

    [Fact]
    public async Task Replay_DryRun_SaysTheSameAndSendsNothing()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        using var quarantine = Quarantine();
        var dry = await quarantine.ReplayAsync(new ReplayRequest(null, [], IsDryRun: true), CancellationToken.None);
        Assert.Equal(1, dry.Sent);
        Assert.Equal(1, _node.SumCounters().Read - 3);
        Assert.Equal(1, (await ReplayAsync(quarantine)).Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replay_KilledAfterItsGroupWasNoted_SendsItExactlyOnce(bool wasAppended)
    {
        _clock.Advance(TimeSpan.FromHours(1));
        using (var quarantine = Quarantine())
        {
            var place = (await quarantine.ListAsync(new QuarantineQuery(SideOutputKind.Quarantine, "future_event_time", 0, 0, 1), CancellationToken.None)).Entries.Single().Place;
            await NoteAsync(place, wasAppended);
            var summary = await ReplayAsync(quarantine);
            Assert.Equal(wasAppended ? 0 : 1, summary.Sent);
        }

        Assert.Equal(2, _node.SumCounters().Accepted);
        Assert.Equal(0, _node.SumCounters().Duplicates);
    }

    [Fact]
    public async Task Retention_OfQuarantine_DeletesWhatIsOlderAndNothingElse()
    {
        Assert.Equal(0, await _node.DeleteSideOutputsAsync(_clock.GetUtcNow().AddMinutes(-1), CancellationToken.None));
        Assert.Equal(3, await _node.DeleteSideOutputsAsync(_clock.GetUtcNow().AddMinutes(1), CancellationToken.None));
        using var quarantine = Quarantine();
        Assert.Empty((await quarantine.ListAsync(new QuarantineQuery(SideOutputKind.Quarantine, null, 0, 0, 100), CancellationToken.None)).Entries);
        Assert.Equal(3, _node.SumCounters().Quarantined);
    }

    // What a replay does, up to the kill: before the append, or after it and before that is noted.
    private async Task NoteAsync(QuarantinePlace place, bool isAppended)
    {
        using var store = new ReplayStore(_directory.Replays);
        var id = Guid.NewGuid();
        store.Note(id, _node.Log.NextBlock, _clock.GetUtcNow().ToUnixTimeMilliseconds(), [place]);
        if (!isAppended)
            return;
        var output = (await _node.State.ReadSideOutputsAsync(place.Partition, SideOutputKind.Quarantine, place.Sequence, 1, CancellationToken.None)).Single();
        var group = _node.Log.CreateGroup();
        group.Add(Fingerprint.Of(EventType.Click, "c2"u8), output.Record.Span);
        group.Tag = new ProducerTag(id, 1);
        await _node.Log.AppendGroupAsync(group, CancellationToken.None);
        await _node.WaitUntilCountedAsync(CancellationToken.None);
    }

    private static Task<ReplaySummary> ReplayAsync(LocalQuarantine quarantine, params MendedEvent[] mended) =>
        quarantine.ReplayAsync(new ReplayRequest(null, mended, IsDryRun: false), CancellationToken.None);

    private LocalQuarantine Quarantine() => new(
        _node, _directory, _options, new TrafficJudge(_options.Verdicts, KnownBots.Load()), _clock, NullLogger<LocalQuarantine>.Instance);

    private async Task OpenAsync()
    {
        _node = await LocalNode.OpenAsync(_directory, _options, null, new ArrivalClock(_clock), NullLoggerFactory.Instance, CancellationToken.None);
        _node.Start();
        await _node.WaitUntilCountedAsync(CancellationToken.None);
    }

    /// <summary>The time of day is the test's; timers are real, so that the stores go on by themselves.</summary>
    private sealed class ArrivalClock(ManualClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }
}
