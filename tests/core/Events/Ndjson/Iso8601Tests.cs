using System.Globalization;
using System.Text;
using ClickFuncs.Events.Ndjson;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Events.Ndjson;

public sealed class Iso8601Tests
{
    private static readonly Arbitrary<long> Instants =
        AdEvents.Between(DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()).ToArbitrary();

    [Fact]
    public void TryParse_InstantWithOffset_AgreesWithTheBaseLibrary() =>
        Prop.ForAll(Instants, Gen.Choose(-839, 839).ToArbitrary(), (ms, offsetMinutes) =>
        {
            var utc = DateTimeOffset.FromUnixTimeMilliseconds(ms);
            if (utc.Year is 1 or 9999)
                return;
            var text = utc.ToOffset(TimeSpan.FromMinutes(offsetMinutes)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            Assert.True(Iso8601.TryParse(Encoding.ASCII.GetBytes(text), out var parsed), text);
            Assert.Equal(ms, parsed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryFormat_AnyInstant_AgreesWithTheBaseLibraryAndReadsBack() =>
        Prop.ForAll(Instants, ms =>
        {
            var text = new byte[Iso8601.FormattedLength];
            Assert.True(Iso8601.TryFormat(ms, text));
            var expected = DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Assert.Equal(expected, Encoding.ASCII.GetString(text));
            Assert.True(Iso8601.TryParse(text, out var parsed));
            Assert.Equal(ms, parsed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_EveryDayOfFourCenturies_AgreesWithTheBaseLibrary()
    {
        for (var day = new DateOnly(1900, 1, 1); day.Year < 2301; day = day.AddDays(1))
        {
            var expected = new DateTimeOffset(day, default, default).ToUnixTimeMilliseconds();
            Assert.True(Iso8601.TryParse(Encoding.ASCII.GetBytes(day.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture)), out var ms));
            Assert.Equal(expected, ms);
        }
    }

    [Theory]
    [InlineData("2026-07-01T12:00:00Z", 1782907200000)]
    [InlineData("2026-07-01T12:00:00.1Z", 1782907200100)]
    [InlineData("2026-07-01T12:00:00.123Z", 1782907200123)]
    [InlineData("2026-07-01T12:00:00.123999999999999999Z", 1782907200123)]
    [InlineData("2026-07-01T14:00:00+02:00", 1782907200000)]
    [InlineData("2026-07-01T00:30:00.5-11:30", 1782907200500)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800000)]
    [InlineData("2000-02-29T00:00:00Z", 951782400000)]
    public void TryParse_ValidText_GivesTheInstant(string text, long expectedMs)
    {
        Assert.True(Iso8601.TryParse(Encoding.ASCII.GetBytes(text), out var ms));
        Assert.Equal(expectedMs, ms);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1782907200000")]
    [InlineData("2026-07-01")]
    [InlineData("2026-07-01T12:00:00")]
    [InlineData("2026-07-01T12:00Z")]
    [InlineData("2026-07-01 12:00:00Z")]
    [InlineData("2026-07-01t12:00:00z")]
    [InlineData("2026-07-01T12:00:00.Z")]
    [InlineData("2026-07-01T12:00:00,5Z")]
    [InlineData("2026-07-01T12:00:00.5")]
    [InlineData("2026-07-01T12:00:00ZZ")]
    [InlineData("2026-07-01T12:00:00Z ")]
    [InlineData(" 2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00+02")]
    [InlineData("2026-07-01T12:00:00+0200")]
    [InlineData("2026-07-01T12:00:00+24:00")]
    [InlineData("2026-07-01T12:00:00+02:60")]
    [InlineData("2026-07-01T24:00:00Z")]
    [InlineData("2026-07-01T12:60:00Z")]
    [InlineData("2026-06-30T23:59:60Z")]
    [InlineData("2026-13-01T12:00:00Z")]
    [InlineData("2026-00-01T12:00:00Z")]
    [InlineData("2026-04-31T12:00:00Z")]
    [InlineData("2026-04-00T12:00:00Z")]
    [InlineData("2025-02-29T12:00:00Z")]
    [InlineData("1900-02-29T12:00:00Z")]
    [InlineData("0000-01-01T12:00:00Z")]
    [InlineData("20x6-07-01T12:00:00Z")]
    [InlineData("+2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T-1:00:00Z")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(Iso8601.TryParse(Encoding.ASCII.GetBytes(text), out var ms));
        Assert.Equal(0, ms);
    }
}
