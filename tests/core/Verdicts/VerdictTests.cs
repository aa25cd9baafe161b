using System.Text;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Core.Tests.Verdicts;

public sealed class VerdictTests
{
    // The contract of the wire: neither a code nor a bit ever changes.
    [Theory]
    [InlineData(1, "known_bot")]
    [InlineData(2, "self_declared_crawler")]
    [InlineData(4, "data_center")]
    [InlineData(8, "missing_user_agent")]
    [InlineData(16, "absurd_user_agent")]
    [InlineData(32, "velocity_ip")]
    [InlineData(64, "velocity_user")]
    public void Code_EveryReason_HasItsBitAndItsText(ulong bit, string code)
    {
        Assert.Equal(code, ((VerdictReasons)bit).Code());
        Assert.True(VerdictReasonCodes.TryParse(Encoding.UTF8.GetBytes(code), out var reason));
        Assert.Equal((VerdictReasons)bit, reason);
    }

    [Fact]
    public void Code_EveryNamedReason_HasOne() =>
        Assert.All(Enum.GetValues<VerdictReasons>().Where(reason => reason != VerdictReasons.None), reason => Assert.NotEmpty(reason.Code()));

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(128UL)]
    [InlineData(1UL << 63)]
    public void Code_NotOneKnownReason_Throws(ulong bits) => Assert.Throws<ArgumentOutOfRangeException>(() => ((VerdictReasons)bits).Code());

    [Theory]
    [InlineData("")]
    [InlineData("Known_bot")]
    [InlineData("known_bots")]
    public void TryParse_AnyOtherText_IsNoReason(string code) => Assert.False(VerdictReasonCodes.TryParse(Encoding.UTF8.GetBytes(code), out _));

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0b1010110UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void GetEnumerator_AnySet_GivesItsBitsOnceInOrder(ulong bits)
    {
        var seen = new List<ulong>();
        foreach (var reason in (VerdictReasons)bits)
            seen.Add((ulong)reason);
        Assert.Equal(Enumerable.Range(0, 64).Select(bit => 1UL << bit).Where(bit => (bits & bit) != 0), seen);
    }

    [Fact]
    public void And_AnotherRule_KeepsTheSternerTierAndAllReasons()
    {
        var invalid = Verdict.Valid.And(VerdictTier.Invalid, VerdictReasons.KnownBot);
        Assert.Equal(
            new Verdict(VerdictTier.Invalid, VerdictReasons.KnownBot | VerdictReasons.AbsurdUserAgent),
            invalid.And(VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent));
        Assert.Equal(
            new Verdict(VerdictTier.Invalid, VerdictReasons.DataCenter | VerdictReasons.AbsurdUserAgent),
            Verdict.Valid.And(VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent).And(VerdictTier.Invalid, VerdictReasons.DataCenter));
    }
}
