using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Events;
using ClickFuncs.Privacy;

namespace ClickFuncs.Batch.Tests.Hashing;

/// <summary>What the archive's places and pseudonyms are made of: it is in stored files, so it must never change.</summary>
public sealed class SipHashTests
{
    private const ulong Key0 = 0x0706050403020100;
    private const ulong Key1 = 0x0f0e0d0c0b0a0908;

    // The authors' own test vectors for SipHash-2-4: key 00..0f, message 00, 01, 02 and so on.
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void Of_TheAuthorsVectors_GivesTheirResults(int length, ulong expected) =>
        Assert.Equal(expected, SipHash.Of(Key0, Key1, [.. Enumerable.Range(0, length).Select(i => (byte)i)]));

    [Fact]
    public void EventHash_KnownIds_IsWhatFilesHold()
    {
        // Calculated by a second implementation in another language.
        Assert.Equal(13090753957152304475UL, EventHash.Of(EventType.Click, "clk_abc123xyz456"u8));
        Assert.Equal(8622776331359690570UL, EventHash.Of(EventType.Impression, "clk_abc123xyz456"u8));
    }

    [Fact]
    public void PseudonymKey_SameSecret_GivesTheSamePseudonyms()
    {
        var secret = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var key = new PseudonymKey(secret);
        Assert.Equal("9f68b13ae7820833", key.Id);
        Assert.Equal(1971177915667325271UL, key.OfUser("usr_1"u8));
        Assert.Equal(2116605293526390006UL, key.OfIp("203.0.113.7"u8));
        Assert.Equal(0UL, key.OfIp(""u8));
        Assert.NotEqual(key.OfUser("usr_1"u8), key.OfIp("usr_1"u8));
        secret[31]++;
        Assert.NotEqual(key.OfUser("usr_1"u8), new PseudonymKey(secret).OfUser("usr_1"u8));
        Assert.NotEqual(key.Id, new PseudonymKey(secret).Id);
    }

    [Fact]
    public void HashRange_Split_CoversAllWithoutOverlap()
    {
        foreach (var count in (int[])[1, 2, 16, 1024])
        {
            var ranges = new HashRange(0, 1).Split(count).ToList();
            Assert.Equal(0UL, ranges[0].First);
            Assert.Equal(ulong.MaxValue, ranges[^1].Last);
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));
            Assert.All(ranges, range => Assert.Equal(range.Index, HashRange.IndexOf(range.Last, count)));
            Assert.All(ranges, range => Assert.Equal(range.Index, HashRange.IndexOf(range.First, count)));
        }
    }
}
