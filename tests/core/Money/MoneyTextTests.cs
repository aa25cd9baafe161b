using System.Globalization;
using ClickFuncs.Money;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Money;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData(0, "USD", "0.00")]
    [InlineData(450_000, "USD", "0.45")]
    [InlineData(-450_000, "USD", "-0.45")]
    [InlineData(455_000, "USD", "0.455000")]
    [InlineData(1_000_001, "USD", "1.000001")]
    [InlineData(-1, "USD", "-0.000001")]
    [InlineData(12_000_000, "JPY", "12")]
    [InlineData(-12_500_000, "JPY", "-12.500000")]
    [InlineData(1_234_000, "KWD", "1.234")]
    [InlineData(1_234_500, "KWD", "1.234500")]
    [InlineData(1_234_500, "CLF", "1.2345")]
    [InlineData(1_000_000, "ZZZ", "1.00")]
    [InlineData(long.MaxValue, "USD", "9223372036854.775807")]
    [InlineData(long.MinValue, "USD", "-9223372036854.775808")]
    public void Format_Amount_IsExact(long micros, string currency, string expected) => Assert.Equal(expected, MoneyText.Format(micros, currency));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("1.0000001")]
    [InlineData("1234567890123")]
    [InlineData(" 1")]
    [InlineData("١")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(MoneyText.TryParse(text, out _));

    [Fact]
    public void Format_AnyAmount_ReadsBackAndIsTheDecimal() => Prop.ForAll(
        (from large in Gen.Choose(int.MinValue, int.MaxValue)
         from small in Gen.Choose(0, 999_999)
         from currency in Gen.Elements("USD", "JPY", "KWD", "CLF")
         select (Micros: (large * 100_000_000L) + small, Currency: currency)).ToArbitrary(),
        amount =>
        {
            var text = MoneyText.Format(amount.Micros, amount.Currency);

            Assert.True(MoneyText.TryParse(text, out var back));
            Assert.Equal(amount.Micros, back);
            Assert.Equal(amount.Micros, decimal.Parse(text, CultureInfo.InvariantCulture) * 1_000_000m);
        }).QuickCheckThrowOnFailure();
}
