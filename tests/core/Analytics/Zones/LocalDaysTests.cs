using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Zones;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Analytics.Zones;

public sealed class LocalDaysTests
{
    [Theory]
    [InlineData("Europe/Oslo", "2026-07-01T12:00:00Z", "2026-06-30T22:00:00Z", 24)]
    [InlineData("Europe/Oslo", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", 23)]
    [InlineData("Europe/Oslo", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", 25)]
    [InlineData("America/New_York", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", 25)]
    [InlineData("Asia/Kolkata", "2026-07-01T12:00:00Z", "2026-06-30T18:30:00Z", 24)]
    [InlineData("Asia/Kathmandu", "2026-07-01T12:00:00Z", "2026-06-30T18:15:00Z", 24)]
    [InlineData("Australia/Lord_Howe", "2026-10-04T06:00:00Z", "2026-10-03T13:30:00Z", 23.5)]
    [InlineData("America/Santiago", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00Z", 23)]
    [InlineData("UTC", "2026-07-01T23:59:59Z", "2026-07-01T00:00:00Z", 24)]
    public void StartOfDay_InAPlace_IsItsMidnight(string name, string time, string start, double hours)
    {
        Assert.True(LocalDays.TryFind(name, out var zone));

        Assert.Equal(Ms(start), LocalDays.StartOfDay(Ms(time), zone));
        Assert.Equal(Ms(start) + (long)(hours * Granularities.HourMs), LocalDays.StartOfNextDay(Ms(time), zone));
    }

    [Fact]
    public void Days_OfAnyZoneOverTwoYears_CoverTimeWithoutGapOrOverlap()
    {
        foreach (var name in (string[])["Europe/Oslo", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "Asia/Beirut", "Pacific/Kiritimati"])
        {
            Assert.True(LocalDays.TryFind(name, out var zone));
            var start = LocalDays.StartOfDay(Ms("2025-01-01T12:00:00Z"), zone);
            for (var day = 0; day < 730; day++)
            {
                var next = LocalDays.StartOfNextDay(start, zone);
                Assert.InRange(next - start, 22 * Granularities.HourMs, 26 * Granularities.HourMs);
                Assert.Equal(start, LocalDays.StartOfDay(start, zone));
                Assert.Equal(start, LocalDays.StartOfDay(next - 1, zone));
                start = next;
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nowhere/City")]
    [InlineData("../etc/passwd")]
    [InlineData("+02:00")]
    public void TryFind_NoZone_IsFalse(string name) => Assert.False(LocalDays.TryFind(name, out _));

    [Fact]
    public async Task Query_ByDayOfAPlace_IsTheSumOfItsHours()
    {
        Assert.True(LocalDays.TryFind("Europe/Oslo", out var oslo));
        var store = new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15));
        var set = new WindowRowSet { Partition = 0, Version = 1, WatermarkMs = Ms("2026-10-27T00:00:00Z") };
        var key = new DimensionKey("adv_1", "cmp", "", "ad", "", "NOK", "", "").Encode();
        for (var hour = 0; hour < 72; hour++)
            set.Add(Ms("2026-10-24T00:00:00Z") + (hour * Granularities.HourMs), key, new WindowMetrics { Clicks = 1, RawClicks = 1, SpendMicros = 1_000_000 });
        await store.PublishAsync([set], 1, CancellationToken.None);
        var query = new AnalyticsQuery
        {
            AdvertiserId = "adv_1", FromMs = Ms("2026-10-23T22:00:00Z"), ToMs = Ms("2026-10-26T23:00:00Z"), Granularity = Granularity.Day, Zone = oslo,
        };

        var points = (await store.QueryZonedAsync(query, CancellationToken.None)).Points;

        // Counting begins two hours into the first day; the second has 25 hours, as clocks go back.
        Assert.Equal(
            [(Ms("2026-10-23T22:00:00Z"), 22L), (Ms("2026-10-24T22:00:00Z"), 25L), (Ms("2026-10-25T23:00:00Z"), 24L), (Ms("2026-10-26T23:00:00Z"), 1L)],
            points.Select(point => (point.StartMs, point.Metrics.Clicks)).Append((Ms("2026-10-26T23:00:00Z"), 72 - points.Sum(point => point.Metrics.Clicks))));
        Assert.Equal(points.Select(point => point.StartMs), AnalyticsFill.Apply(query, points).Select(point => point.StartMs));
    }

    private static long Ms(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
