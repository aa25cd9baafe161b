using ClickFuncs.Events;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Processing;

/// <summary>The fast lane may give up, but when it takes an event it must say what the full decoder says.</summary>
public sealed class HotEventReaderProperties
{
    [Theory]
    [InlineData(VerdictTier.Unjudged, VerdictReasons.None)]
    [InlineData(VerdictTier.Valid, VerdictReasons.None)]
    [InlineData(VerdictTier.Suspect, VerdictReasons.MissingUserAgent)]
    [InlineData(VerdictTier.Invalid, VerdictReasons.KnownBot | VerdictReasons.DataCenter)]
    [InlineData(VerdictTier.Invalid, (VerdictReasons)(1UL << 40))]
    public void TryRead_CanonicalEvent_IsTaken(VerdictTier tier, VerdictReasons reasons)
    {
        var bytes = Sample(new Verdict(tier, reasons)).Encode();
        var hot = default(HotEvent);
        Assert.True(HotEventReader.TryRead(bytes, 100, ref hot));
        AssertAgrees(bytes, hot, offset: 100);
    }

    // An event that nobody judged is none of ours: the slow lane may have it.
    [Theory]
    [InlineData(VerdictTier.Valid, VerdictReasons.None)]
    [InlineData(VerdictTier.Invalid, VerdictReasons.KnownBot)]
    public void TryRead_OverBudget_IsTaken(VerdictTier tier, VerdictReasons reasons)
    {
        var bytes = (Sample(new Verdict(tier, reasons)) with { OverBudget = true, CostMicros = 0 }).Encode();
        var hot = default(HotEvent);
        Assert.True(HotEventReader.TryRead(bytes, 100, ref hot));
        AssertAgrees(bytes, hot, offset: 100);
    }

    [Fact]
    public void TryRead_MutatedEvents_AgreesWithTheDecoder()
    {
        var taken = 0;
        var judged = 0;
        for (var seed = 0; seed < 200_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Mutate((Sample(AnyVerdict(random)) with { OverBudget = random.Next(3) == 0 }).Encode(), random);
            var hot = default(HotEvent);
            if (!HotEventReader.TryRead(bytes, 0, ref hot))
                continue;
            taken++;
            judged += hot.Verdict == VerdictTier.Unjudged ? 0 : 1;
            AssertAgrees(bytes, hot, offset: 0);
        }

        Assert.True(taken > 10_000, $"Only {taken} mutations were taken: the property hardly ran.");
        Assert.True(judged > 5_000, $"Only {judged} judged events were taken: the property hardly saw a verdict.");
    }

    private static void AssertAgrees(byte[] bytes, in HotEvent hot, int offset)
    {
        Assert.Equal(EventDefect.None, EventDecoder.Decode(bytes, out var view));
        Assert.Equal(view.EventTimeMs, hot.EventTimeMs);
        Assert.Equal(view.CostMicros, hot.CostMicros);
        Assert.Equal(view.Type, hot.Type);
        Assert.Equal(view.Verdict.Tier, hot.Verdict);
        Assert.Equal(view.OverBudget, hot.IsOverBudget);
        Assert.Equal(Fingerprint.Of(view.Type, view.ClickId), hot.Id);
        var key = new byte[EventEncoder.MaxLength(view)];
        var length = EventEncoder.EncodeKey(view, key);
        Assert.Equal(key[..length], bytes.AsSpan(hot.KeyOffset - offset, hot.KeyLength).ToArray());
        Assert.Equal(KeyHash.Of(key.AsSpan(0, length)), hot.KeyHash);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var mutations = random.Next(4); mutations > 0; mutations--)
        {
            // Every other time near the end, where the verdict is.
            var at = random.Next(2) == 0 ? random.Next(bytes.Length) : Math.Max(0, bytes.Length - 1 - random.Next(8));
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                default:
                    bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                    break;
            }

            if (bytes.Length == 0)
                break;
        }

        return bytes;
    }

    // Also tiers without reasons and reasons without a tier, which only the decoder may judge.
    private static Verdict AnyVerdict(Random random) =>
        random.Next(4) == 0 ? default : new Verdict((VerdictTier)random.Next(5), (VerdictReasons)(random.Next(3) == 0 ? 0 : random.Next(300)));

    private static TestEvent Sample(Verdict verdict) => new()
    {
        Verdict = verdict,
        UserId = "usr_55c4b3a2",
        Ip = "203.0.113.7",
        UserAgent = new string('u', 130),
        Referrer = "https://example.org/",
    };
}
