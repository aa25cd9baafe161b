using ClickFuncs.Dedup;
using ClickFuncs.Events;

namespace ClickFuncs.Core.Tests.Dedup;

public sealed class DedupSetTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void TryAdd_SameIdWithinHorizon_IsARepeat()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        Assert.True(set.TryAdd(Id(1)));
        set.Advance(1060);
        Assert.False(set.TryAdd(Id(1)));
    }

    [Fact]
    public void TryAdd_SameIdAfterHorizon_IsNewAgain()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        set.TryAdd(Id(1));
        set.Advance(1061);
        Assert.True(set.TryAdd(Id(1)));
    }

    [Fact]
    public void TryAdd_Repeat_DoesNotProlongTheHorizon()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        set.TryAdd(Id(1));
        set.Advance(1060);
        set.TryAdd(Id(1));
        set.Advance(1061);
        Assert.True(set.TryAdd(Id(1)));
    }

    [Fact]
    public void Advance_BackInTime_IsIgnored()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        set.TryAdd(Id(1));
        set.Advance(10);
        Assert.False(set.TryAdd(Id(1)));
    }

    [Theory]
    [InlineData(65_535)] // One whole cycle of the 16-bit stamps: the same stamp again.
    [InlineData(65_536)]
    [InlineData(10_000_000)]
    public void Advance_LeapOverTheStampCycle_ForgetsEverything(long minutes)
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        set.TryAdd(Id(1));
        set.Advance(1000 + minutes);
        Assert.True(set.TryAdd(Id(1)));
    }

    [Fact]
    public void Advance_MonthsInSmallSteps_NeverTakesAnOldStampForAYoungOne()
    {
        var set = new DedupSet(TimeSpan.FromDays(30));
        set.Advance(0);
        for (var i = 0; i < 2000; i++)
            set.TryAdd(Id(i));
        // Almost no traffic, so that nothing but the sweep touches the old entries, for two stamp cycles.
        for (var minute = 0L; minute < 2 * 65_535; minute += 30)
            set.Advance(minute);
        for (var i = 0; i < 2000; i++)
            Assert.True(set.TryAdd(Id(i)), $"id {i}");
    }

    [Fact]
    public void TryAdd_RandomIdsAndTimes_AgreesWithADictionary()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var horizon = 1 + random.Next(200);
            var set = new DedupSet(TimeSpan.FromMinutes(horizon));
            var reference = new Dictionary<int, long>();
            var minute = 0L;
            var universe = 1 + random.Next(20_000);
            for (var i = 0; i < 30_000; i++)
            {
                minute += random.Next(200) == 0 ? random.Next(horizon * 2) : random.Next(100) == 0 ? 1 : 0;
                set.Advance(minute);
                var id = random.Next(universe);
                var isNew = !reference.TryGetValue(id, out var seen) || minute - seen > horizon;
                if (isNew)
                    reference[id] = minute;
                Assert.True(isNew == set.TryAdd(Id(id)), $"seed {seed}, step {i}, id {id}");
            }

            Assert.Equal(reference.Values.Count(seen => minute - seen <= horizon), set.Count);
        }
    }

    [Fact]
    public void Export_RestoredIntoAnEmptySet_RemembersTheSame()
    {
        var set = new DedupSet(Hour);
        var copy = new DedupSet(Hour);
        for (var i = 0; i < 5000; i++)
        {
            set.Advance(i / 50);
            set.TryAdd(Id(i));
        }

        copy.Advance(99);
        set.Export(copy.Restore);

        Assert.Equal(set.Count, copy.Count);
        for (var i = 0; i < 5000; i++)
            Assert.Equal(set.TryAdd(Id(i)), copy.TryAdd(Id(i)));
    }

    [Fact]
    public void Restore_IdThatExpiredAndWasSeenAgain_KeepsTheYoungerStamp()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        var old = set.ToEntry(Id(1));
        set.Advance(1059);
        var young = set.ToEntry(Id(1));

        var restored = new DedupSet(Hour);
        restored.Advance(1059);
        restored.Restore([old, young]);
        restored.Advance(1100);
        Assert.False(restored.TryAdd(Id(1)));
    }

    [Fact]
    public void Restore_RunsOfOtherShards_RemembersTheSame()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        var entries = new List<DedupEntry>();
        for (var i = 0; i < 5000; i++)
        {
            set.TryAdd(Id(i));
            entries.Add(set.ToEntry(Id(i)));
        }

        var copy = new DedupSet(Hour);
        copy.Advance(1000);
        // Neither sorted by shard nor of one: as the ids of a delta come.
        foreach (var run in entries.Chunk(777))
            copy.Restore(run);

        Assert.Equal(5000, copy.Count);
        for (var i = 0; i < 5000; i++)
            Assert.False(copy.TryAdd(Id(i)));
    }

    [Fact]
    public void Restore_OfAMillionIds_TakesNoMoreMemoryThanTheSetItCameFrom()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        for (var i = 0; i < 1_000_000; i++)
            set.TryAdd(Id(i));

        var copy = new DedupSet(Hour);
        copy.Advance(1000);
        set.Export(copy.Restore);

        Assert.InRange(copy.MemoryBytes, 1_000_000 * 20L, Math.Max(set.MemoryBytes, 1_000_000 * 36L));
    }

    [Fact]
    public void MemoryBytes_AMillionIds_StaysUnder36BytesEach()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        for (var i = 0; i < 1_000_000; i++)
            set.TryAdd(Id(i));
        Assert.InRange(set.MemoryBytes / 1_000_000.0, 16, 36);
    }

    [Fact]
    public void MemoryBytes_AfterAPeakExpired_IsGivenBack()
    {
        var set = new DedupSet(Hour);
        set.Advance(1000);
        for (var i = 0; i < 200_000; i++)
            set.TryAdd(Id(i));
        var peak = set.MemoryBytes;
        for (var minute = 1001L; minute < 1000 + (3 * 24 * 60); minute++)
            set.Advance(minute);
        Assert.True(set.MemoryBytes < peak / 10, $"{set.MemoryBytes} of {peak} bytes left");
    }

    private static Fingerprint Id(int number) => Fingerprint.Of(EventType.Click, BitConverter.GetBytes(number));
}
