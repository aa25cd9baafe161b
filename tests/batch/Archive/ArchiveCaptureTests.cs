using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Log;

namespace ClickFuncs.Batch.Tests.Archive;

public sealed class ArchiveCaptureTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task FlushAsync_RecordsOnTheLog_AreArchivedWhenItReturns()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 500);
        rig.Start();

        Assert.Equal([499], await rig.Capture.FlushAsync(None));

        Assert.Equal([499], rig.Capture.ArchivedPositions);
        Assert.Equal(["capture/clickfuncs/clicks/0/2026/07/01/12/00/00.avro"], rig.Lake.Paths);
        await rig.RequireArchivedAsync(0, 499, "flushed");
    }

    [Fact]
    public async Task FlushAsync_NothingNew_MakesNoFile()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 5);
        rig.Start();
        await rig.Capture.FlushAsync(None);

        await rig.Capture.FlushAsync(None);
        await rig.Capture.FlushAsync([2], None);

        Assert.Single(rig.Lake.Paths);
    }

    [Fact]
    public async Task FlushAsync_WhileNothingArchives_Throws()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 5);

        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Capture.FlushAsync(None));
    }

    [Fact]
    public async Task FlushAsync_BeyondTheLog_Throws()
    {
        await using var rig = new CaptureRig();
        rig.Start();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => rig.Capture.FlushAsync([0], None));
    }

    [Fact]
    public async Task RunAsync_IntervalWithRecords_ClosesItsFileNamedAfterItsStart()
    {
        await using var rig = new CaptureRig();
        rig.Start();
        rig.Append(new Random(1), 10);

        await rig.AdvanceUntilAsync(() => rig.Partition.Position == 9, "the interval is over");

        Assert.InRange(rig.Clock.GetUtcNow().TimeOfDay, TimeSpan.FromHours(12) + rig.Options.Interval, TimeSpan.FromHours(13));
        Assert.Equal("capture/clickfuncs/clicks/0/2026/07/01/12/00/00.avro", rig.Lake.Paths[0]);
        await rig.RequireArchivedAsync(0, 9, "interval over");
    }

    [Fact]
    public async Task RunAsync_IntervalWithoutRecords_MakesAnEmptyFileThatSaysWhatIsDue()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 10);
        rig.Start();
        await rig.Capture.FlushAsync(None);

        await rig.AdvanceUntilAsync(() => rig.Lake.Paths.Count == 3, "two intervals are over");

        var files = await rig.ReadAsync();
        Assert.Equal([10, 0, 0], files.Select(f => f.Events.Count));
        Assert.Equal(new CaptureRange(10, 10), await rig.Catalog.ReadRangeAsync(files[1].File, None));
    }

    [Fact]
    public async Task RunAsync_FilesThatFillUpWithinASecond_HaveAscendingNames()
    {
        await using var rig = new CaptureRig(new ArchiveOptions { MaxFileBytes = 20_000 });
        rig.Append(new Random(1), 1000);
        rig.Start();

        await rig.Capture.FlushAsync(None);

        var files = await rig.ReadAsync();
        Assert.True(files.Count > 5, $"Only {files.Count} files.");
        Assert.Equal(Enumerable.Range(0, files.Count), files.Select(f => f.File.Path.Start.Second));
        Assert.All(files, f => Assert.InRange(f.File.Length, 1, 21_000));
        await rig.RequireArchivedAsync(0, 999, "filled up");
    }

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(0.9, null, 0)]
    [InlineData(5, 3, 5)]
    [InlineData(5, 5, 6)]
    [InlineData(5.9, 5, 6)]
    [InlineData(5, 8, 9)]
    public void NextStart_NowAndLast_IsNowUnlessThatIsTaken(double now, int? last, int expected)
    {
        var noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(noon.AddSeconds(expected), CaptureSession.NextStart(noon.AddSeconds(now), last is { } seconds ? noon.AddSeconds(seconds) : null));
    }

    [Fact]
    public async Task RunAsync_Stopped_ArchivesWhatTheLogHolds()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 10);
        rig.Start();
        await rig.Capture.FlushAsync(None);
        rig.Append(new Random(2), 10);

        await rig.StopAsync();
        await rig.RequireArchivedAsync(0, 19, "stopped");

        rig.Start();
        await rig.StopAsync();
        Assert.Equal(2, rig.Lake.Paths.Count);
    }

    [Theory]
    [InlineData(AvroCodec.Null)]
    [InlineData(AvroCodec.Deflate)]
    public async Task RunAsync_AfterARestart_GoesOnWhereTheLakeEnds(AvroCodec codec)
    {
        await using var rig = new CaptureRig(new ArchiveOptions { Codec = codec });
        rig.Append(new Random(1), 10);
        rig.Start();
        await rig.AdvanceUntilAsync(() => rig.Lake.Paths.Count == 3, "there is an empty file");
        await rig.StopAsync();
        rig.Append(new Random(2), 10);

        rig.Start();
        await rig.Capture.FlushAsync(None);

        await rig.RequireArchivedAsync(0, 19, "restarted");
    }

    [Fact]
    public async Task RunAsync_LogBeginsLateAndLakeIsEmpty_BeginsThere()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 10);
        rig.Log.First = 4;
        rig.Start();

        await rig.Capture.FlushAsync(None);

        await rig.RequireArchivedAsync(4, 9, "begins late");
    }

    [Fact]
    public async Task RunAsync_LogHasLostWhatIsDue_ArchivesNothingUntilItIsRestored()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 10);
        rig.Start();
        await rig.Capture.FlushAsync(None);
        await rig.StopAsync();
        rig.Append(new Random(2), 10);
        rig.Log.First = 15;

        rig.Start();
        var failure = await Assert.ThrowsAsync<ArchiveGapException>(() => rig.Capture.FlushAsync(None));
        Assert.Contains("records 10 to 14 are lost", failure.Message, StringComparison.Ordinal);
        Assert.Same(failure, rig.Partition.Failure);
        Assert.Equal(10, (await rig.ReadAsync()).Sum(f => f.Events.Count));

        rig.Log.First = 0;
        await rig.AdvanceUntilAsync(() => rig.Partition.Position == 19, "the restored records are archived");
        Assert.Null(rig.Partition.Failure);
        await rig.RequireArchivedAsync(0, 19, "restored");
    }

    [Fact]
    public async Task RunAsync_RecordsLostWhileAFileIsOpen_DropsTheFile()
    {
        await using var rig = new CaptureRig();
        rig.Start();
        await rig.AdvanceUntilAsync(() => rig.Lake.Paths.Count == 1, "the first empty file is there");
        rig.Log.First = 3;
        rig.Append(new Random(1), 10);

        await Assert.ThrowsAnyAsync<LogException>(() => rig.Capture.FlushAsync(None));

        Assert.Empty((await rig.ReadAsync()).SelectMany(f => f.Events));
    }

    [Fact]
    public async Task RunAsync_ArchiveAheadOfTheLog_ArchivesNothing()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 3);
        rig.Lake.Overwrite(
            new CapturePath(rig.Options.ToHub(), 0, DateTimeOffset.UnixEpoch).ToString(),
            await CaptureFiles.WriteAsync(AvroCodec.Null, 0, CaptureFiles.Random(new Random(1), 7, 10)));
        rig.Start();

        var failure = await Assert.ThrowsAsync<ArchiveGapException>(() => rig.Capture.FlushAsync(None));

        Assert.Contains("up to 6, but the log ends at 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NewestFileIsDamaged_ArchivesNothing()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 3);
        rig.Lake.Overwrite(new CapturePath(rig.Options.ToHub(), 0, DateTimeOffset.UnixEpoch).ToString(), "Obj"u8.ToArray());
        rig.Start();

        await Assert.ThrowsAsync<ArchiveCorruptException>(() => rig.Capture.FlushAsync(None));

        Assert.Equal(-1, rig.Partition.Position);
        Assert.Single(rig.Lake.Paths);
    }

    [Fact]
    public async Task RunAsync_AnotherWriterWasFaster_DropsItsFileAndGoesOnBehindIt()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 5);
        rig.Start();
        await rig.Capture.FlushAsync(None);
        rig.Append(new Random(2), 10);
        var other = new CapturePath(rig.Options.ToHub(), 0, rig.Clock.GetUtcNow().AddSeconds(30)).ToString();
        var batch = new RecordBatch();
        await rig.Log.ReadAsync(0, 5, int.MaxValue, batch, None);
        rig.Lake.Overwrite(other, await CaptureFiles.WriteAsync(
            AvroCodec.Null, 5, [.. Enumerable.Range(0, 7).Select(i => (batch.Entries[i].ArrivalMs, batch.GetRecord(i).ToArray()))]));

        await Assert.ThrowsAsync<CaptureConflictException>(() => rig.Capture.FlushAsync(None));
        await rig.AdvanceUntilAsync(() => rig.Partition.Position == 14, "it goes on");

        await rig.RequireArchivedAsync(0, 14, "two writers");
    }

    [Fact]
    public async Task RunAsync_NameIsTakenAtTheLastMoment_DropsItsFile()
    {
        await using var rig = new CaptureRig();
        rig.Append(new Random(1), 5);
        rig.Lake.BeforeNaming = path => rig.Lake.Overwrite(path, []);
        rig.Start();

        await Assert.ThrowsAsync<CaptureConflictException>(() => rig.Capture.FlushAsync(None));

        Assert.Equal(-1, rig.Partition.Position);
    }
}
