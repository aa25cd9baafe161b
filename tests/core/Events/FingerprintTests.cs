using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Core.Tests.Events;

public sealed class FingerprintTests
{
    [Fact]
    public void Of_KnownId_NeverChanges()
    {
        // Checked against a separate implementation that gives the published SipHash-2-4-128 vectors.
        // Stored in every dedup set, delta and snapshot: if this fails, no state ever written can be read rightly again.
        var id = Fingerprint.Of(EventType.Click, "clk_abc123xyz456"u8);
        Assert.Equal(Golden, $"{id.High:x16}{id.Low:x16}");
    }

    [Fact]
    public void Of_TypesWithOneId_Differ() =>
        Assert.NotEqual(Fingerprint.Of(EventType.Click, "x"u8), Fingerprint.Of(EventType.Impression, "x"u8));

    [Fact]
    public void Of_EveryLength_DiffersFromItsPrefixesAndZeroPadding()
    {
        var seen = new HashSet<Fingerprint>();
        for (var length = 0; length <= 64; length++)
            Assert.True(seen.Add(Fingerprint.Of(EventType.Click, new byte[length])), $"length {length}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    public void Partition_ManyIds_SpreadsEvenly(int partitions)
    {
        var counts = new int[partitions];
        for (var i = 0; i < 100_000; i++)
            counts[Fingerprint.Of(EventType.Click, Encoding.ASCII.GetBytes($"clk_{i}")).Partition(partitions)]++;
        var expected = 100_000.0 / partitions;
        // Six standard deviations of a fair spread: a false alarm once in 500 million runs, and the ids are fixed anyway.
        Assert.All(counts, count => Assert.InRange(count, expected - (6 * Math.Sqrt(expected)), expected + (6 * Math.Sqrt(expected))));
    }

    private const string Golden = "017b66173836070c40e939011b579ce5";
}
