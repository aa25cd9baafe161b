using ClickFuncs.Batch.Archive;

namespace ClickFuncs.Batch.Tests.Archive;

public sealed class CapturePathTests
{
    private static readonly CapturePath Sample = new(new CaptureHub(), 7, new DateTimeOffset(2026, 7, 1, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void ToString_APath_IsThatOfEventHubsCapture() =>
        Assert.Equal("capture/clickfuncs/clicks/7/2026/07/01/03/04/05.avro", Sample.ToString());

    [Fact]
    public void ToString_TimeOfAnotherZone_IsUtc() =>
        Assert.Equal(Sample.ToString(), (Sample with { Start = Sample.Start.ToOffset(TimeSpan.FromHours(5)) }).ToString());

    [Fact]
    public void Parse_WhatToStringGave_GivesThePathBack() => Assert.Equal(Sample, CapturePath.Parse(Sample.ToString()));

    [Theory]
    [InlineData("capture/clickfuncs/clicks/7/2026/07/01/03/04/05.parquet")]
    [InlineData("capture/clickfuncs/clicks/07/2026/07/01/03/04/05.avro")]
    [InlineData("capture/clickfuncs/clicks/-7/2026/07/01/03/04/05.avro")]
    [InlineData("capture/clickfuncs/clicks/7/2026/7/01/03/04/05.avro")]
    [InlineData("capture/clickfuncs/clicks/7/2026/02/30/03/04/05.avro")]
    [InlineData("capture/clickfuncs/clicks/7/2026/07/01/03/04.avro")]
    [InlineData("parquet/clickfuncs/clicks/7/2026/07/01/03/04/05.avro")]
    [InlineData("")]
    public void Parse_AnythingElse_IsRefused(string path)
    {
        Assert.False(CapturePath.TryParse(path, out _));
        Assert.Throws<FormatException>(() => CapturePath.Parse(path));
    }
}
