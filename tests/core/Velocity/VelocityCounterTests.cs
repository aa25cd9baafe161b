using ClickFuncs.Privacy;
using ClickFuncs.Testing.Events;
using ClickFuncs.Velocity;

namespace ClickFuncs.Core.Tests.Velocity;

/// <summary>R19: sliding windows over event time, in any order of arrival, in bounded memory.</summary>
public sealed class VelocityCounterTests
{
    private static readonly VelocityOptions Options = new();

    [Fact]
    public void Add_BurstsOnBothSidesOfTheThreshold_OutOfOrder_FlagAsTheOracle()
    {
        var (flagged, spared) = (0, 0);
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var clicks = new List<(ulong Identity, IdentityKind Kind, long TimeMs)>();
            for (var burst = 0; burst < 60; burst++)
            {
                var (identity, start, spread) = (Hash(random.Next(40)), random.Next(100_000), 1 + random.Next(25_000));
                for (var i = 20 + random.Next(22); i > 0; i--)
                    clicks.Add((identity, IdentityKind.Ip, TestEvent.Noon + start + random.Next(spread)));
            }

            var shuffled = clicks.OrderBy(click => click.TimeMs + random.Next(60_000)).ToList();
            var expected = PlainVelocity.Flags(clicks, Options);

            Assert.Equal(expected.Values.OrderBy(flag => flag.Identity), Flags(shuffled, new VelocityCounter(Options)).Values.OrderBy(flag => flag.Identity));
            (flagged, spared) = (flagged + expected.Count, spared + clicks.Select(click => click.Identity).Distinct().Count() - expected.Count);
        }

        Assert.True(flagged > 100 && spared > 100, $"{flagged} flagged, {spared} spared: the bursts must lie on both sides.");
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Add_ExactlyAtTheThreshold_IsAllowed(int clicks, bool isOver)
    {
        var counter = new VelocityCounter(Options);
        var over = false;
        for (var i = 0; i < clicks; i++)
            over |= counter.Add(7, TestEvent.Noon + (i * 300), out _);

        Assert.Equal(isOver, over);
    }

    [Fact]
    public void Add_ThirtyOneClicksOverElevenSteps_IsAllowed()
    {
        var counter = new VelocityCounter(Options);
        for (var i = 0; i < 30; i++)
            Assert.False(counter.Add(7, TestEvent.Noon, out _));

        Assert.False(counter.Add(7, TestEvent.Noon + 10_000, out _));
    }

    [Fact]
    public void Add_FloodOfTenMillionIdentities_KeepsItsBound_FlagsNoneOfThemAndStillTheOneThatGoesOn()
    {
        var counter = new VelocityCounter(Options);
        var flagged = 0;
        for (var i = 0; i < 10_000_000; i++)
            flagged += counter.Add(Hash(i), TestEvent.Noon + (i / 200), out _) ? 1 : 0;
        var bytes = counter.Bytes;
        var seen = 0;
        for (var i = 1; i <= 100 && seen == 0; i++)
            seen = counter.Add(Hash(-1), TestEvent.Noon + 50_000, out _) ? i : 0;

        Assert.Equal(0, flagged);
        Assert.InRange(bytes, 1, Options.MemoryBytes);
        Assert.True(counter.Uncounted > 1_000_000, "The flood must have been one.");
        Assert.InRange(seen, 31, 46);
    }

    [Theory]
    [InlineData(32, 500_000)]
    [InlineData(192, 6_300_000)]
    public void Add_FloodInBothGenerations_AllocatesNoMoreThanItsBound(int mebibytes, int identities)
    {
        var options = new VelocityOptions { MemoryBytes = (long)mebibytes << 20 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var counter = new VelocityCounter(options);
        for (var i = 0; i < identities; i++)
            counter.Add(Hash(i), TestEvent.Noon + (i * 262_000L / identities), out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(counter.Uncounted > identities / 50, $"The flood must have been one: {counter.Uncounted} without a place.");
        Assert.InRange(allocated, options.MemoryBytes / 3, options.MemoryBytes);
        Assert.InRange(counter.Bytes, options.MemoryBytes / 3, allocated);
    }

    internal static Dictionary<ulong, VelocityFlag> Flags(IEnumerable<(ulong Identity, IdentityKind Kind, long TimeMs)> clicks, VelocityCounter counter)
    {
        var flags = new Dictionary<ulong, VelocityFlag>();
        foreach (var (identity, kind, timeMs) in clicks)
        {
            if (!counter.Add(identity, timeMs, out var breach))
                continue;
            var flag = new VelocityFlag(identity, kind, breach.FirstMs, breach.LastMs + (long)Options.Cooling.TotalMilliseconds, breach.Peak);
            flags[identity] = flags.TryGetValue(identity, out var known) ? known.With(flag) : flag;
        }

        return flags;
    }

    private static ulong Hash(int number) => SipHash.Of(1, 2, System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));
}
