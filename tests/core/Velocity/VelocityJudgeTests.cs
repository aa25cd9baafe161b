using System.Buffers;
using System.Text;
using ClickFuncs.Privacy;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Velocity;

namespace ClickFuncs.Core.Tests.Velocity;

/// <summary>From signals to marks, with keys that change at midnight.</summary>
public sealed class VelocityJudgeTests
{
    private const long Midnight = TestEvent.Noon + 43_200_000;
    private static readonly VelocityOptions Options = new();
    private static readonly IdentityKeys Keys = new(new byte[32]);

    [Theory]
    [InlineData(TestEvent.Noon)]
    [InlineData(Midnight - 1_000)]
    [InlineData(Midnight - 5_000)]
    [InlineData(Midnight)]
    public void Judge_AfterABreach_MarksUntilItHasCooledOff(long startMs)
    {
        var judge = JudgeAfter(Burst(startMs, 31), out var last);

        Assert.Equal(new Verdict(VerdictTier.Invalid, VerdictReasons.VelocityIp | VerdictReasons.VelocityUser), Ask(judge, last));
        Assert.Equal(VerdictTier.Invalid, Ask(judge, last + 3_590_000).Tier);
        Assert.Equal(Verdict.Valid, Ask(judge, last + 3_601_000));
        Assert.Equal(Verdict.Valid, Ask(judge, last, ip: "192.0.2.9", user: "usr_9"));
        Assert.Equal(VerdictReasons.VelocityIp, Ask(judge, last, user: "").Reasons);
        Assert.Equal(Verdict.Valid, Ask(judge, last, ad: "ad_2"));
    }

    [Theory]
    [InlineData(TestEvent.Noon)]
    [InlineData(Midnight - 5_000)]
    public void Judge_AfterThirtyClicks_MarksNothing(long startMs)
    {
        var judge = JudgeAfter(Burst(startMs, 30), out var last);

        Assert.Equal(Verdict.Valid, Ask(judge, last));
    }

    [Fact]
    public void Collect_OfAUserWhoOptedOut_GivesNoSignalOfTheUser()
    {
        var signals = new ArrayBufferWriter<ClickSignal>();

        new SignalCollector(Keys, Options.Window).Collect(new TestEvent { Ip = "203.0.113.7" }.Encode(), TestEvent.Noon, signals);

        Assert.Equal(IdentityKind.Ip, Assert.Single(signals.WrittenSpan.ToArray()).Kind);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Judge_BurstFromTheMachineItself_MarksNobody(string own)
    {
        var judge = JudgeAfter(Burst(TestEvent.Noon, 100).Select(e => e with { Ip = own, UserId = "" }), out var last);

        Assert.True(judge.Board.IsEmpty);
        Assert.Equal(Verdict.Valid, Ask(judge, last, ip: own));
    }

    private static IEnumerable<TestEvent> Burst(long startMs, int clicks) => Enumerable.Range(0, clicks)
        .Select(i => new TestEvent { ClickId = $"clk_{i}", TimeMs = startMs + (i * 300), Ip = "203.0.113.7", UserId = "usr_1" });

    private static VelocityJudge JudgeAfter(IEnumerable<TestEvent> events, out long lastMs)
    {
        var (signals, collector) = (new ArrayBufferWriter<ClickSignal>(), new SignalCollector(Keys, Options.Window));
        lastMs = 0;
        foreach (var e in events)
        {
            collector.Collect(e.Encode(), e.TimeMs, signals);
            lastMs = e.TimeMs;
        }

        var board = new FlagBoard(100);
        board.Show(VelocityCounterTests.Flags(
            signals.WrittenSpan.ToArray().Select(s => (s.Identity, s.Kind, s.TimeMs)), new VelocityCounter(Options)).Values);
        return new VelocityJudge(Options, Keys, board);
    }

    private static Verdict Ask(VelocityJudge judge, long timeMs, string ip = "203.0.113.7", string user = "usr_1", string ad = "ad_1") =>
        judge.Judge(Verdict.Valid, Encoding.UTF8.GetBytes(ip), Encoding.UTF8.GetBytes(user), Encoding.UTF8.GetBytes(ad), timeMs);
}
