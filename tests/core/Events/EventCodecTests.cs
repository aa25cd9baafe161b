using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Verdicts;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace ClickFuncs.Core.Tests.Events;

public sealed class EventCodecTests
{
    // Field 100 as varint, 101 as bytes, 102 and 103 as fixed 32 and 64 bits.
    private static readonly byte[] Unknown =
        [0xa0, 0x06, 0x96, 0x01, 0xaa, 0x06, 0x02, 0x68, 0x69, 0xb5, 0x06, 1, 2, 3, 4, 0xb9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void Encode_AnyEvent_GivesTheBytesOfTheGeneratedClass() =>
        Prop.ForAll(AdEvents.Valid(), message => Encode(AdEvents.View(message)).AsSpan().SequenceEqual(message.ToByteArray()))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_BytesOfTheGeneratedClass_GivesItsFields() =>
        Prop.ForAll(AdEvents.Valid(), message =>
        {
            Assert.Equal(EventDefect.None, EventDecoder.Decode(message.ToByteArray(), out var view));
            Assert.Equal(message, AdEvents.Message(view));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_RejectedInput_KeepsInputAndReason()
    {
        var message = new AdEventMessage { RejectedInput = ByteString.CopyFrom([0, 255, 10]), RejectedReason = "invalid_json" };
        Assert.Equal(EventDefect.RejectedInput, EventDecoder.Decode(message.ToByteArray(), out var view));
        Assert.Equal(message, AdEvents.Message(view));
        Assert.Equal(message.ToByteArray(), Encode(view));
    }

    [Theory]
    [InlineData(4, 1UL)]
    [InlineData(259, 1UL)]
    [InlineData(0, 1UL)]
    [InlineData(1, 1UL)]
    [InlineData(2, 0UL)]
    [InlineData(3, 0UL)]
    public void Decode_TierThatIsUnknownOrAtOddsWithItsReasons_IsABadVerdict(int tier, ulong reasons)
    {
        var message = new AdEventMessage
        {
            ClickId = "a", AdvertiserId = "a", CampaignId = "a", AdId = "a", EventTimeMs = EventLimits.MinEventTimeMs,
            VerdictTier = (VerdictTierKind)tier, VerdictReasons = reasons,
        };
        Assert.Equal(EventDefect.BadVerdict, EventDecoder.Decode(message.ToByteArray(), out _));
    }

    [Fact]
    public void RoundTrip_ReasonsOfALaterVersion_Survive()
    {
        var message = new AdEventMessage
        {
            ClickId = "a", AdvertiserId = "a", CampaignId = "a", AdId = "a", EventTimeMs = EventLimits.MinEventTimeMs,
            VerdictTier = VerdictTierKind.Invalid, VerdictReasons = ulong.MaxValue,
        };
        Assert.Equal(EventDefect.None, EventDecoder.Decode(message.ToByteArray(), out var view));
        Assert.Equal(new Verdict(VerdictTier.Invalid, (VerdictReasons)ulong.MaxValue), view.Verdict);
        Assert.Equal(message.ToByteArray(), Encode(view));
    }

    [Fact]
    public void RoundTrip_OverBudget_Survives() =>
        Prop.ForAll(AdEvents.Valid(), message =>
        {
            message.OverBudget = true;
            Assert.Equal(EventDefect.None, EventDecoder.Decode(message.ToByteArray(), out var view));
            Assert.True(view.OverBudget);
            Assert.Equal(message.ToByteArray(), Encode(view));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RoundTrip_UnknownFields_Survive() =>
        Prop.ForAll(AdEvents.Valid(), message =>
        {
            byte[] bytes = [.. message.ToByteArray(), .. Unknown];
            Assert.Equal(EventDefect.None, EventDecoder.Decode(bytes, out var view));
            Assert.Equal(Unknown, view.UnknownFields.ToArray());
            Assert.Equal(bytes, Encode(view));
            Assert.Equal(AdEventMessage.Parser.ParseFrom(bytes), AdEventMessage.Parser.ParseFrom(Encode(view)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_ScatteredUnknownFields_IsABadField()
    {
        byte[] bytes = [.. Unknown, .. new AdEventMessage { ClickId = "a" }.ToByteArray(), .. Unknown];
        Assert.Equal(EventDefect.BadField, EventDecoder.Decode(bytes, out _));
    }

    [Fact]
    public void Decode_MutatedBytes_NeverReadsMoreThanTheGeneratedClass()
    {
        var parser = AdEventMessage.Parser.WithDiscardUnknownFields(true);
        var mutations = Gen.Choose(0, int.MaxValue - 1).ArrayOf(3).ToArbitrary();
        Prop.ForAll(AdEvents.Valid(), mutations, (message, seeds) =>
        {
            var bytes = Mutations.Apply(message.ToByteArray(), seeds);
            if (EventDecoder.Decode(bytes, out var view) == EventDefect.None && TryParse(parser, bytes) is { } expected)
                Assert.Equal(expected, AdEvents.Message(view));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    // The generated class refuses the whole event for one byte that is no UTF-8. Ours keeps it: what has happened is not dropped for a torn user agent.
    private static AdEventMessage? TryParse(MessageParser<AdEventMessage> parser, byte[] bytes)
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException wrong) when (wrong.InnerException is DecoderFallbackException)
        {
            return null;
        }
    }

    private static byte[] Encode(in EventView view)
    {
        var target = new byte[EventEncoder.MaxLength(view)];
        return target[..EventEncoder.Encode(view, target)];
    }
}
