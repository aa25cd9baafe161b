using ClickFuncs.Local.Load;

namespace ClickFuncs.Local.Tests.Load;

public class LoadScheduleTests
{
    private const long Frequency = 1_000_000_000;

    [Fact]
    public void DueAt_OpenLoop_SpacesEvenlyFromTheStart()
    {
        var schedule = new LoadSchedule(3, 1000, Frequency);
        Assert.Equal([1000, 333_334_333, 666_667_666, 1_000_001_000], Enumerable.Range(0, 4).Select(n => schedule.DueAt(n, now: 5)));
    }

    [Fact]
    public void DueAt_ClosedLoop_IsNow() => Assert.Equal(77, new LoadSchedule(0, 5, Frequency).DueAt(9, 77));

    [Fact]
    public void DueBefore_ClosedLoop_OwesNothing() => Assert.Equal(0, new LoadSchedule(0, 5, Frequency).DueBefore(long.MaxValue));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(999)]
    [InlineData(30_000)]
    public void DueBefore_AnyMoment_CountsTheDueTimesBeforeIt(int rate)
    {
        var schedule = new LoadSchedule(rate, 123, Frequency);
        for (var moment = 123L; moment < 123 + (3 * Frequency); moment += 98_765_431)
        {
            var expected = 0L;
            while (schedule.DueAt(expected, 0) < moment)
                expected++;
            Assert.Equal(expected, schedule.DueBefore(moment));
        }
    }
}
