using System.Text;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Late;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Events;
using ClickFuncs.State;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Testing.State;
using ClickFuncs.Testing.Time;

namespace ClickFuncs.Core.Tests.Analytics;

/// <summary>What an advertiser is told of clicks that came too late for the stream.</summary>
public sealed class LateClickTests : IDisposable
{
    private const long Midnight = 1_782_864_000_000;
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    private readonly InMemoryPartitionStateStore _state = new();
    private readonly InMemoryAnalyticsStore _store = new(TimeSpan.FromSeconds(15));
    private readonly ManualClock _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + Day));
    private readonly LateClickIndex _index;
    private long _sequence;

    public LateClickTests() => _index = new LateClickIndex(_state, 2, TimeSpan.FromDays(90), _clock);

    public void Dispose() => _index.Dispose();

    [Fact]
    public async Task Count_OfARange_IsOfItsAdvertisersClicksInWholeMinutes()
    {
        await AddAsync(0, Event(Midnight - 1), Event(Midnight), Event(Midnight + Hour, "adv_2"), Event(Midnight + Hour, type: EventType.Impression));
        await AddAsync(1, Event(Midnight + Hour + 59_999), Event(Midnight + Hour + 60_000));

        Assert.Equal(2, await CountAsync(Query(Midnight, Midnight + Hour + 60_000)));
        Assert.Equal(0, await CountAsync(Query(Midnight + Day, Midnight + (2 * Day))));
    }

    [Fact]
    public async Task Count_AskedAgain_HasWhatCameInBetween()
    {
        await AddAsync(0, Event(Midnight));
        Assert.Equal(1, await CountAsync(Query()));
        await AddAsync(0, Event(Midnight + 1), Event(Midnight + 2));
        Assert.Equal(3, await CountAsync(Query()));
    }

    [Fact]
    public async Task Count_WithFilters_IsOfWhatTheyLetThrough()
    {
        await AddAsync(0, Event(Midnight, campaign: "cmp_1"), Event(Midnight, campaign: "cmp_2"));

        Assert.Equal(1, await CountAsync(Query() with { Filters = Only(Dimension.Campaign, "cmp_2") }));
        // Why a click is invalid is judged when it is counted.
        Assert.Null(await CountAsync(Query() with { Filters = Only(Dimension.Reason, "known_bot") }));
    }

    [Fact]
    public async Task Count_OfDaysOfWhichOneIsFinal_IsOfTheOthers()
    {
        await AddAsync(0, Event(Midnight), Event(Midnight + 1), Event(Midnight + Day));
        await _store.PublishFinalAsync(Midnight, 1, AnalyticsRows.Batches([AnalyticsRows.Of(Midnight, 90)]), CancellationToken.None);

        Assert.Equal(1, await CountAsync(Query(Midnight, Midnight + (2 * Day))));
        Assert.Equal(3, await CountAsync(Query(Midnight, Midnight + (2 * Day)) with { Accuracy = Accuracy.Live }));
        // Minutes are the stream's, on final days too.
        Assert.Equal(3, await CountAsync(Query(Midnight, Midnight + (2 * Day)) with { Granularity = Granularity.Minute }));
        Assert.Null(await CountAsync(Query(Midnight, Midnight + Day) with { Accuracy = Accuracy.Final }));
    }

    [Fact]
    public async Task Count_WithMuchToCatchUp_IsUnknownUntilItHas()
    {
        await AddAsync(0, [.. Enumerable.Range(0, 12_000).Select(i => Event(Midnight + i))]);

        var answers = new List<long?>();
        for (var i = 0; i < 4; i++)
            answers.Add(await CountAsync(Query()));

        Assert.Equal([null, null, 12_000, 12_000], answers);
    }

    [Fact]
    public async Task Count_OfClicksThatSideOutputsKeepNoMore_IsWithoutThem()
    {
        await AddAsync(0, Event(Midnight), Event(Midnight + (2 * Hour)));
        Assert.Equal(2, await CountAsync(Query()));

        _clock.Advance(TimeSpan.FromDays(89) + TimeSpan.FromHours(1));
        Assert.Equal(1, await CountAsync(Query()));

        // Those that were never read are not taken in any more either.
        await AddAsync(1, Event(Midnight + 1));
        Assert.Equal(1, await CountAsync(Query()));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await CountAsync(Query()));
    }

    private static AnalyticsQuery Query(long from = Midnight, long to = Midnight + Day, string advertiser = "adv_1") =>
        new() { AdvertiserId = advertiser, FromMs = from, ToMs = to, Granularity = Granularity.Hour };

    private static Dictionary<Dimension, IReadOnlyList<string>> Only(Dimension dimension, string value) => new() { [dimension] = [value] };

    private static SideOutput Event(long timeMs, string advertiser = "adv_1", string campaign = "cmp_1", EventType type = EventType.Click)
    {
        var view = new EventView
        {
            ClickId = Encoding.UTF8.GetBytes($"clk_{timeMs}_{campaign}"), EventTimeMs = timeMs, Type = type, AdvertiserId = Encoding.UTF8.GetBytes(advertiser),
            CampaignId = Encoding.UTF8.GetBytes(campaign), AdId = "ad_1"u8,
        };
        var record = new byte[EventEncoder.MaxLength(view)];
        return new SideOutput(SideOutputKind.Late, 0, "late", timeMs, timeMs, record.AsMemory(0, EventEncoder.Encode(view, record)));
    }

    private async Task<long?> CountAsync(AnalyticsQuery query) =>
        (await new OverviewReader(_store, _index).ReadAsync(new OverviewQuery(query), CancellationToken.None)).LateClicks;

    private async Task AddAsync(int partition, params SideOutput[] outputs)
    {
        var lease = await _state.AcquireAsync(partition, "a", CancellationToken.None);
        var first = partition == 0 ? _sequence : 0;
        SideOutput[] placed = [.. outputs.Select((output, i) => output with { Sequence = first + i })];
        await _state.CommitAsync(lease, StateSamples.Commit(first, first + outputs.Length - 1, "", placed), CancellationToken.None);
        if (partition == 0)
            _sequence += outputs.Length;
    }
}
