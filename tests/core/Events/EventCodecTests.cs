using ClickFuncs.Events;
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
            if (EventDecoder.Decode(bytes, out var view) == EventDefect.None)
                Assert.Equal(parser.ParseFrom(bytes), AdEvents.Message(view));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static byte[] Encode(in EventView view)
    {
        var target = new byte[EventEncoder.MaxLength(view)];
        return target[..EventEncoder.Encode(view, target)];
    }
}
