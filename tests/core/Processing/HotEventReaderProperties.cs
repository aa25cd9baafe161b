using ClickFuncs.Events;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Processing;

/// <summary>The fast lane may give up, but when it takes an event it must say what the full decoder says.</summary>
public sealed class HotEventReaderProperties
{
    [Fact]
    public void TryRead_CanonicalEvent_IsTaken()
    {
        var bytes = Sample().Encode();
        var hot = default(HotEvent);
        Assert.True(HotEventReader.TryRead(bytes, 100, ref hot));
        AssertAgrees(bytes, hot, offset: 100);
    }

    [Fact]
    public void TryRead_MutatedEvents_AgreesWithTheDecoder()
    {
        var taken = 0;
        for (var seed = 0; seed < 200_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Mutate(Sample().Encode(), random);
            var hot = default(HotEvent);
            if (!HotEventReader.TryRead(bytes, 0, ref hot))
                continue;
            taken++;
            AssertAgrees(bytes, hot, offset: 0);
        }

        Assert.True(taken > 10_000, $"Only {taken} mutations were taken: the property hardly ran.");
    }

    private static void AssertAgrees(byte[] bytes, in HotEvent hot, int offset)
    {
        Assert.Equal(EventDefect.None, EventDecoder.Decode(bytes, out var view));
        Assert.Equal(view.EventTimeMs, hot.EventTimeMs);
        Assert.Equal(view.CostMicros, hot.CostMicros);
        Assert.Equal(view.Type, hot.Type);
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
            var at = random.Next(bytes.Length);
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

    private static TestEvent Sample() => new()
    {
        UserId = "usr_55c4b3a2",
        Ip = "203.0.113.7",
        UserAgent = new string('u', 130),
        Referrer = "https://example.org/",
    };
}
