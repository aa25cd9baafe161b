using System.Buffers;
using System.Text;
using System.Text.Json;
using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;
using ClickFuncs.Verdicts;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Events.Ndjson;

public sealed class NdjsonEventWriterTests
{
    [Fact]
    public void Write_AnyEvent_ReadsBackEqual() =>
        Prop.ForAll(AdEvents.Valid(), message =>
        {
            Assert.True(new NdjsonEventParser().TryParse(Write(AdEvents.View(message)).AsSpan()[..^1], out var view, out var reason), reason);
            Assert.Equal(message, AdEvents.Message(view));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Write_AnyEvent_IsOneLineOfJsonWithoutAbsentFields() =>
        Prop.ForAll(AdEvents.Valid(), message =>
        {
            var line = Write(AdEvents.View(message));
            Assert.Equal(line.Length - 1, line.AsSpan().IndexOf((byte)'\n'));
            using var json = JsonDocument.Parse(line);
            Assert.Equal(message.ClickId, json.RootElement.GetProperty("click_id").GetString());
            Assert.Equal(message.EventTimeMs, json.RootElement.GetProperty("event_time").GetDateTimeOffset().ToUnixTimeMilliseconds());
            Assert.Equal(message.UserId.Length > 0, json.RootElement.TryGetProperty("user_id", out _));
            Assert.Equal(message.CostMicros != 0, json.RootElement.TryGetProperty("cost_micros", out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_TwoEvents_KeepsThemOnTheirLines()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new NdjsonEventWriter(output);
        writer.Write(new EventView { ClickId = "a"u8, UserAgent = "<é>+\"'"u8 });
        writer.Write(new EventView { ClickId = "b"u8, Type = EventType.NonClick, NonClickReason = NonClickReason.Head });
        Assert.Equal(
            """
            {"type":"click","click_id":"a","user_agent":"<é>+\"'"}
            {"type":"non_click","click_id":"b","non_click_reason":"head"}

            """,
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Write_Verdict_ShowsTierAndReasons() =>
        Assert.Equal(
            "{\"type\":\"click\",\"click_id\":\"a\",\"verdict\":\"invalid\",\"reasons\":[\"known_bot\",\"velocity_user\"]}\n",
            Encoding.UTF8.GetString(Write(new EventView
            {
                ClickId = "a"u8, Verdict = new Verdict(VerdictTier.Invalid, VerdictReasons.VelocityUser | VerdictReasons.KnownBot),
            })));

    [Fact]
    public void Write_TextThatIsNotUtf8_ReplacesTheBytes()
    {
        var line = Write(new EventView { ClickId = "a"u8, UserAgent = [0x61, 0xff, 0x62] });
        using var json = JsonDocument.Parse(line);
        Assert.Equal("a\uFFFDb", json.RootElement.GetProperty("user_agent").GetString());
    }

    [Fact]
    public void Write_TimeBeyondTheCalendar_IsShownAsANumber()
    {
        using var json = JsonDocument.Parse(Write(new EventView { EventTimeMs = long.MaxValue }));
        Assert.Equal(long.MaxValue, json.RootElement.GetProperty("event_time").GetInt64());
    }

    [Fact]
    public void Write_UnknownTypeOrReason_ThrowsAndWritesNothing()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new NdjsonEventWriter(output);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(new EventView { Type = (EventType)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(new EventView { Verdict = new Verdict(VerdictTier.Invalid, (VerdictReasons)128) }));
        Assert.Equal(0, output.WrittenCount);
    }

    private static byte[] Write(in EventView view)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new NdjsonEventWriter(output);
        writer.Write(view);
        return output.WrittenSpan.ToArray();
    }
}
