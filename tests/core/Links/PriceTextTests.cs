using System.Globalization;
using System.Text;
using ClickFuncs.Links;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Links;

public sealed class PriceTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.45", 450_000)]
    [InlineData("1.000001", 1_000_001)]
    [InlineData("007.5", 7_500_000)]
    [InlineData("1000000", 1_000_000_000_000)]
    public void TryParse_Decimal_IsExact(string text, long expected)
    {
        Assert.True(PriceText.TryParse(Encoding.ASCII.GetBytes(text), out var micros));
        Assert.Equal(expected, micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("1.0000001")]
    [InlineData("1.2.3")]
    [InlineData("12345678")]
    [InlineData(" 1")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(PriceText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Format_AnyPrice_ReadsBackAndIsTheDecimal() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Select(i => i * 465L).ToArbitrary(), micros =>
    {
        var text = PriceText.Format(micros);

        Assert.True(PriceText.TryParse(Encoding.ASCII.GetBytes(text), out var back));
        Assert.Equal(micros, back);
        Assert.Equal(micros, decimal.Parse(text, CultureInfo.InvariantCulture) * 1_000_000m);
    }).QuickCheckThrowOnFailure();
}
