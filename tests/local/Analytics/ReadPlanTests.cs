using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class ReadPlanTests
{
    private const long Midnight = StoreFolder.Midnight;
    private const long Hour = Granularities.HourMs;
    private const long Day = Granularities.DayMs;

    // Two years of days up to now, a quarter of hours, a week of minutes; today is not rolled up yet beyond the last hour.
    private const long Now = Midnight + (13 * Hour);

    private static readonly TierState Tiers = new()
    {
        Hours = [new(Midnight - (90 * Day), Midnight + (12 * Hour))],
        Days = [new(0, Midnight)],
        Kept = new KeptFrom(Midnight - (7 * Day), Midnight - (90 * Day)),
    };

    [Fact]
    public void Of_TwoYearsByTheDay_ReadsDaysAndTodaysHours()
    {
        var plan = Plan(Midnight - (730 * Day), Now, Granularity.Day, Accuracy.Live);
        Assert.Equal([new(Midnight - (730 * Day), Midnight)], plan.Days);
        Assert.Equal([new(Midnight, Midnight + (12 * Hour))], plan.Hours);
        Assert.Equal([new(Midnight + (12 * Hour), Now)], plan.Minutes);
    }

    [Fact]
    public void Of_TwoYearsThatAreFinal_ReadsFinalDaysInOneRange()
    {
        var tiers = Tiers with { FinalDays = [new(Midnight - (730 * Day), Midnight - Day)] };
        var plan = Plan(Midnight - (730 * Day), Midnight, Granularity.Day, Accuracy.Auto, tiers);
        Assert.Equal(tiers.FinalDays, plan.FinalDays);
        Assert.Equal([new(Midnight - Day, Midnight)], plan.Days);
        Assert.Equal(plan.Days, plan.Live);
        Assert.Empty(plan.FinalHours.Concat(plan.Hours).Concat(plan.Minutes));
    }

    [Fact]
    public void Of_AMonthByTheHour_ReadsHoursNotMinutes()
    {
        var plan = Plan(Midnight - (30 * Day), Midnight, Granularity.Hour, Accuracy.Auto);
        Assert.Equal([new(Midnight - (30 * Day), Midnight)], plan.Hours);
        Assert.Empty(plan.Minutes);
    }

    [Fact]
    public void Of_FinalHoursThatAreGone_ReadsWholeFinalDays()
    {
        var tiers = Tiers with { FinalDays = [new(Midnight - (100 * Day), Midnight - (80 * Day))] };
        var plan = Plan(Midnight - (95 * Day), Midnight - (85 * Day), Granularity.Day, Accuracy.Final, tiers);
        Assert.Equal([new(Midnight - (95 * Day), Midnight - (85 * Day))], plan.FinalDays);
        Assert.Throws<AnalyticsExpiredException>(() => Plan(Midnight - (95 * Day), Midnight - (85 * Day), Granularity.Hour, Accuracy.Final, tiers));
        Assert.Throws<AnalyticsExpiredException>(() => Plan(Midnight - (95 * Day) + Hour, Midnight, Granularity.Day, Accuracy.Final, tiers));
    }

    [Theory]
    [InlineData(-8 * Day, 0, Granularity.Minute, "Counts by the minute go back to 2026-06-24T00:00:00Z; for earlier times ask for granularity 1h or 1d.")]
    [InlineData((-8 * Day) + 60_000, 0, Granularity.Hour, "Counts by the minute go back to 2026-06-24T00:00:00Z; before that, start_time and end_time must be whole hours.")]
    [InlineData(-91 * Day, 0, Granularity.Hour, "Counts by the hour go back to 2026-04-02T00:00:00Z; for earlier times ask for granularity 1d.")]
    [InlineData(-91 * Day, 0, Granularity.Minute, "Counts by the hour go back to 2026-04-02T00:00:00Z; for earlier times ask for granularity 1d.")]
    [InlineData((-91 * Day) + Hour, 0, Granularity.Day, "Counts by the hour go back to 2026-04-02T00:00:00Z; before that, start_time and end_time must be whole days (UTC).")]
    public void Of_WhatRetentionHasDeleted_SaysHowFarItGoesAndWhatToAsk(long from, long to, Granularity granularity, string message)
    {
        var error = Assert.Throws<AnalyticsExpiredException>(() => Plan(Midnight + from, Midnight + to, granularity, Accuracy.Auto));
        Assert.Equal(message, error.Message);
    }

    private static ReadPlan Plan(long from, long to, Granularity granularity, Accuracy accuracy, TierState? tiers = null) =>
        ReadPlan.Of(new TimeRange(from, to), granularity, accuracy, tiers ?? Tiers, _ => []);
}
