using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Retirement;

/// <summary>
/// Two partitions, captured in files that began 00:00:00, 00:00:01, 00:00:02 and so on of 1 July 2026 with two clicks each; raw records are
/// kept for two days (R9).
/// </summary>
public sealed class ArchiveRetirementTests
{
    private static readonly DateOnly Day = new(2026, 7, 1);
    private static readonly DateTimeOffset Midnight = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset MuchLater = Midnight.AddDays(30);
    private readonly ArchiveRig _rig = new();
    private readonly LogOfEvents _log = new(2);

    [Fact]
    public async Task Delete_OldCompactedAndClosedFiles_LeavesTheNewestOfEachPartition()
    {
        await CaptureAndCompactAsync(files: 3);
        await CloseAsync(Day, 5, 5);

        Assert.Null(await RetireAsync(MuchLater));

        Assert.Equal(["0/00:00:02", "1/00:00:02"], Captures());
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task Delete_WithoutAPolicy_KeepsEverything()
    {
        await CaptureAndCompactAsync(files: 3);
        await CloseAsync(Day, 5, 5);

        await RetireAsync(MuchLater, retainFor: null);

        Assert.Equal(6, Captures().Count);
    }

    [Fact]
    public async Task Delete_FilesWithRecordsThatAreNotOldEnough_KeepsThem()
    {
        await CaptureIntoPartsAsync(4);
        await CloseAsync(Day, 7, 7);

        // The last record of the second file may have come just before the third began, at 00:00:02.
        await RetireAsync(Midnight.AddDays(2).AddSeconds(2).AddMilliseconds(-1));
        Assert.Equal(["0/00:00:01", "0/00:00:02", "0/00:00:03", "1/00:00:01", "1/00:00:02", "1/00:00:03"], Captures());
        await RetireAsync(Midnight.AddDays(2).AddSeconds(2));
        Assert.Equal(["0/00:00:02", "0/00:00:03", "1/00:00:02", "1/00:00:03"], Captures());
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task Delete_FilesThatAreInNoPart_KeepsThem()
    {
        await CaptureAndCompactAsync(files: 2);
        await CloseAsync(Day, 3, 3);
        await CaptureAsync(files: 2);

        await RetireAsync(MuchLater);

        Assert.Equal(["0/00:00:02", "0/00:00:03", "1/00:00:02", "1/00:00:03"], Captures());
    }

    [Fact]
    public async Task Delete_DayThatIsNotClosed_KeepsThemAndSaysWhichDay()
    {
        await CaptureAndCompactAsync(files: 3);

        var heldBack = await RetireAsync(MuchLater);

        Assert.Equal(6, Captures().Count);
        Assert.StartsWith("2026-07-01 has events in parquet/manifests/all/00000001.json that no close has counted", heldBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_RecordsThatCameAfterTheirDaysClose_KeepsThem()
    {
        await CaptureAndCompactAsync(files: 2);
        await CloseAsync(Day, 3, 3);
        await CaptureAndCompactAsync(files: 2);

        Assert.NotNull(await RetireAsync(MuchLater));
        Assert.Equal(["0/00:00:02", "0/00:00:03", "1/00:00:02", "1/00:00:03"], Captures());

        await CloseAsync(Day, 7, 7, revision: 2);
        Assert.Null(await RetireAsync(MuchLater));
        Assert.Equal(["0/00:00:03", "1/00:00:03"], Captures());
    }

    [Fact]
    public async Task Delete_OneEventOfAnotherDay_KeepsThePartUntilThatDayIsClosedToo()
    {
        var rig = new ArchiveRig { Compaction = new CompactionOptions { Buckets = 2, MaxDaysPerPart = 1 } };
        _log.Append(0, Click("clk_a", 0), Click("clk_b", 0), Click("clk_wild", -40), Click("clk_c", -2));
        await rig.CaptureAsync(_log, 0, 4);
        await rig.CaptureAsync(_log, 0, 0);
        await rig.CaptureAsync(_log, 1, 0);
        await rig.CompactAsync(2);
        await CloseAsync(rig, Day, 1, [3, -1]);
        await CloseAsync(rig, Day.AddDays(-2), 1, [3, -1]);

        Assert.StartsWith("2026-05-22 has events", await RetireAsync(rig, MuchLater), StringComparison.Ordinal);
        Assert.Equal(2, Captures(rig).Count(path => path.StartsWith("0/", StringComparison.Ordinal)));

        await CloseAsync(rig, Day.AddDays(-40), 1, [3, -1]);
        // The file is in the part up to which the partition was read; the empty one after it stays as the newest.
        Assert.Null(await RetireAsync(rig, MuchLater));
        Assert.Equal(["0/00:00:01"], Captures(rig).Where(path => path.StartsWith("0/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Delete_Interrupted_IsNoFindingAndIsCompletedByTheNextRun()
    {
        await CaptureAndCompactAsync(files: 4);
        await CloseAsync(Day, 7, 7);
        Assert.Null(await Retirement(_rig, TimeSpan.FromDays(2)).DecideAsync(MuchLater, CancellationToken.None));
        Assert.Equal(8, Captures().Count);
        Assert.Empty(await FindingsAsync());
        await _rig.Lake.DeleteAsync(PathOf(0, 0), CancellationToken.None);
        Assert.Empty(await FindingsAsync());

        Assert.False(await Retirement(_rig, TimeSpan.FromDays(2)).DeleteNextAsync(CancellationToken.None));

        Assert.Equal(["0/00:00:03", "1/00:00:03"], Captures());
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task Verify_FileThatWasToBeKept_IsMissed()
    {
        await CaptureIntoPartsAsync(4);
        await CloseAsync(Day, 7, 7);
        await RetireAsync(Midnight.AddDays(2).AddSeconds(2));

        await _rig.Lake.DeleteAsync(PathOf(0, 2), CancellationToken.None);

        var findings = await FindingsAsync();
        Assert.Contains(findings, finding => finding.StartsWith($"{PathOf(0, 2)}, which ", StringComparison.Ordinal) && finding.EndsWith("is missing.", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("records 4 to 5 are missing before it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decide_Again_WritesNothingNew()
    {
        await CaptureAndCompactAsync(files: 3);
        await CloseAsync(Day, 5, 5);
        await RetireAsync(MuchLater);
        var before = _rig.Lake.Paths;

        await RetireAsync(MuchLater.AddDays(1));

        Assert.Equal(before, _rig.Lake.Paths);
        var retired = (await new RetiredArchives(_rig.Lake).FindNewestAsync(CancellationToken.None))!;
        Assert.True(retired.Includes(0, 3));
        Assert.False(retired.Includes(0, 4));
    }

    private static TestEvent Click(string id, int day) => new() { ClickId = id, TimeMs = TestEvent.Noon + (day * 86_400_000L), ArrivalDelayMs = 60_000 - (Math.Min(day, 0) * 86_400_000L) };

    private static string PathOf(int partition, int second) => new CapturePath(new CaptureHub(), partition, Midnight.AddSeconds(second)).ToString();

    private static ArchiveRetirement Retirement(ArchiveRig rig, TimeSpan? retainFor) =>
        new(rig.Lake, rig.Hub, retainFor, new ScratchOptions(), NullLogger<ArchiveRetirement>.Instance);

    private static async Task<string?> RetireAsync(ArchiveRig rig, DateTimeOffset now, TimeSpan? retainFor)
    {
        var retirement = Retirement(rig, retainFor);
        var heldBack = await retirement.DecideAsync(now, CancellationToken.None);
        Assert.False(await retirement.DeleteNextAsync(CancellationToken.None));
        return heldBack;
    }

    private static Task<string?> RetireAsync(ArchiveRig rig, DateTimeOffset now) => RetireAsync(rig, now, TimeSpan.FromDays(2));

    private static async Task CloseAsync(ArchiveRig rig, DateOnly day, int revision, long[] cut) => await new CloseRecords(rig.Lake).AddAsync(
        new CloseRecord
        {
            Date = day, Revision = revision, Cut = [.. cut.Select((sequence, partition) => new ReportCut(partition, sequence, sequence))], Recount = [], Stream = "", Reports = "", ReportSha256 = "", Seal = "", Alerts = [],
        },
        CancellationToken.None);

    private static List<string> Captures(ArchiveRig rig) =>
    [
        .. rig.Lake.Paths.Where(path => path.StartsWith("capture/", StringComparison.Ordinal)).Select(CapturePath.Parse)
            .Select(path => FormattableString.Invariant($"{path.Partition}/{path.Start:HH:mm:ss}")),
    ];

    private Task CloseAsync(DateOnly day, long first, long second, int revision = 1) => CloseAsync(_rig, day, revision, [first, second]);

    private Task<string?> RetireAsync(DateTimeOffset now) => RetireAsync(_rig, now);

    private Task<string?> RetireAsync(DateTimeOffset now, TimeSpan? retainFor) => RetireAsync(_rig, now, retainFor);

    private List<string> Captures() => Captures(_rig);

    private async Task CaptureAsync(int files)
    {
        for (var file = 0; file < files; file++)
        {
            for (var partition = 0; partition < 2; partition++)
            {
                var number = _log[partition].Count;
                _log.Append(partition, Click($"clk_{partition}_{number}", 0), Click($"clk_{partition}_{number + 1}", 0));
                await _rig.CaptureAsync(_log, partition, 2);
            }
        }
    }

    private async Task CaptureAndCompactAsync(int files)
    {
        await CaptureAsync(files);
        await _rig.CompactAsync(2);
    }

    private async Task CaptureIntoPartsAsync(int parts)
    {
        for (var part = 0; part < parts; part++)
            await CaptureAndCompactAsync(files: 1);
    }

    private async Task<List<string>> FindingsAsync() =>
    [
        .. (await ArchiveVerifier.RunAsync(_rig.Lake, CancellationToken.None)).Findings,
        .. await new PartsVerification(_rig.Lake).FindAsync(CancellationToken.None).ToListAsync(),
    ];
}
