using System.Globalization;
using ClickFuncs.Budgets;
using ClickFuncs.Testing.Fuzzing;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Budgets;

/// <summary>Reports of spend on their log: they come back as they were, and whatever else lies there is refused in one documented way.</summary>
public sealed class SpendReportCodecTests
{
    private const long Minute = 29_715_120; // 2026-07-01T12:00Z

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    public void Decode_WhatWasEncoded_IsTheSameSpendAndOnlyTheLastRecordCovers(int campaigns, int records)
    {
        var rows = Rows(campaigns);

        var reports = SpendReportCodec.Encode(rows).Select(record => SpendReportCodec.Decode(record.Span)).ToList();

        Assert.Equal(records, reports.Count);
        Assert.Equal(rows.Spend, reports.SelectMany(report => report.Partials));
        Assert.All(reports[..^1], report => Assert.Equal((-1L, 0L), (report.Version, report.ClosedThroughMs)));
        Assert.Equal((rows.Partition, rows.Version, rows.ClosedThroughMs), (reports[^1].Partition, reports[^1].Version, reports[^1].ClosedThroughMs));
    }

    // Format, partition, version, last, closed through, then campaign, currency, minute, micros.
    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("01")]
    [InlineData("01 03 05 01")]
    [InlineData("01 FFFFFFFF08 05 01 00")]
    [InlineData("01 03 FFFFFFFFFFFFFFFFFF01 01 00")]
    [InlineData("01 03 05 01 FFFFFFFFFFFFFFFFFF01")]
    [InlineData("01 03 05 01 00 0163")]
    [InlineData("01 03 05 01 00 FF63")]
    [InlineData("01 03 05 01 00 0163 0155 FFFFFFFFFFFFFFFF7F 01")]
    [InlineData("01 03 05 01 00 0163 0155 01 FFFFFFFFFFFFFFFFFF01")]
    public void Decode_WhatNoReportIs_IsRefusedAsInvalid(string bytes) =>
        Assert.Throws<InvalidDataException>(() => SpendReportCodec.Decode(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public void Decode_DamagedReports_IsAReportThatCanBeAddedUpOrRefusedAsInvalid()
    {
        var original = SpendReportCodec.Encode(Rows(5)).Single();
        var (refused, read) = (0, 0);
        for (var seed = 0; seed < FuzzSeeds.Count(20_000); seed++)
        {
            var damaged = Damage.Apply(new Random(seed), original.Span);
            try
            {
                var report = SpendReportCodec.Decode(damaged);
                // Whatever is taken for a report must have days, or the lane would fail on it for ever.
                Assert.All(report.Partials, partial => BudgetDay.ToDate(partial.Day));
                _ = new SpendTable().Apply([report]);
                read++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception other) when (other is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed.ToString(CultureInfo.InvariantCulture)}: {other}");
            }
        }

        Assert.True(refused > 100 && read > 100, $"{refused} refused, {read} read: the damages must do both.");
    }

    private static WindowRowSet Rows(int campaigns)
    {
        var rows = new WindowRowSet { Partition = 3, Version = 12_345, ClosedThroughMs = (Minute - 16) * 60_000 };
        for (var i = 0; i < campaigns; i++)
            rows.Spend.Add(new SpendPartial($"cmp_{i}", i % 2 == 0 ? "USD" : "NOK", 3, (Minute + (i % 3)) * 60_000, 12_345, 450_000L * (i + 1)));
        return rows;
    }
}
