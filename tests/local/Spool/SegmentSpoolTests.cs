using System.Text;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Spool;

public sealed class SegmentSpoolTests : SpoolContract
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryDirectory _folder = new();
    private SegmentSpool? _spool;

    private string Folder => Path.Combine(_folder.Path, "spool");

    [Fact]
    public async Task RemoveAsync_WholeSegments_DeletesThem()
    {
        var spool = OpenSegments();
        var entry = new byte[4000];
        for (var i = 0; i < 100; i++)
            await spool.AppendAsync(entry, None);
        var before = spool.Size.Bytes;

        await spool.RemoveAsync(99, None);

        Assert.Single(StoredLog.SegmentPaths(SegmentSpool.RecordsOf(Folder)));
        Assert.InRange(before, 400_000, 500_000);
        Assert.InRange(spool.Size.Bytes, 0, 70_000);
    }

    [Fact]
    public async Task Size_AfterReopening_IsWhatTheFilesTake()
    {
        var spool = OpenSegments();
        for (var i = 0; i < 50; i++)
            await spool.AppendAsync(new byte[4000], None);
        var before = spool.Size;
        Close();

        Assert.Equal(before, OpenSegments().Size);
        Assert.Equal(StoredLog.SegmentPaths(SegmentSpool.RecordsOf(Folder)).Sum(path => new FileInfo(path).Length), before.Bytes);
    }

    [Fact]
    public async Task Position_TornWrite_LeavesTheOneBefore()
    {
        var spool = OpenSegments();
        for (var i = 0; i < 5; i++)
            await spool.AppendAsync(Encoding.UTF8.GetBytes($"entry {i}"), None);
        await spool.RemoveAsync(1, None);
        await spool.RemoveAsync(3, None);
        Close();
        // The second removal is the newer of the two slots; half of it did not reach the disk.
        var path = SegmentSpool.PositionOf(Folder);
        var content = await File.ReadAllBytesAsync(path);
        content[4] ^= 0xff;
        await File.WriteAllBytesAsync(path, content);

        Assert.Equal(3, OpenSegments().Size.Records);
    }

    [Fact]
    public async Task Position_Written_TakesNoMoreRoomThanAtFirst()
    {
        var spool = OpenSegments();
        var before = new FileInfo(SegmentSpool.PositionOf(Folder)).Length;
        for (var i = 0; i < 5; i++)
        {
            await spool.AppendAsync([1], None);
            await spool.RemoveAsync(i, None);
        }

        Assert.Equal(before, new FileInfo(SegmentSpool.PositionOf(Folder)).Length);
    }

    [Fact]
    public async Task Open_EntriesLost_IsRefused()
    {
        var spool = OpenSegments();
        await spool.AppendAsync([1], None);
        await spool.RemoveAsync(0, None);
        Close();
        Directory.Delete(SegmentSpool.RecordsOf(Folder), recursive: true);

        var failure = Assert.Throws<LogCorruptException>(() => OpenSegments());
        Assert.Contains("has lost some", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EntriesWait_CountsThemAndTheirDoubts()
    {
        var spool = OpenSegments();
        await spool.AppendAsync(Entry(handedOverMs: null), None);
        await spool.AppendAsync(Entry(handedOverMs: 5), None);
        await spool.AppendAsync(Entry(handedOverMs: null), None);
        await spool.RemoveAsync(0, None);
        Close();

        var report = await SpoolVerification.RunAsync(Folder, None);

        Assert.Empty(report.Findings);
        Assert.Equal((2, 1), (report.Waiting, report.InDoubt));
        Assert.NotNull(report.Oldest);
    }

    [Fact]
    public async Task Verify_DamagedSegment_SaysWhere()
    {
        var spool = OpenSegments();
        for (var i = 0; i < 3; i++)
            await spool.AppendAsync(Entry(null), None);
        Close();
        var segment = StoredLog.SegmentPaths(SegmentSpool.RecordsOf(Folder))[0];
        var content = await File.ReadAllBytesAsync(segment);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, content);

        var finding = Assert.Single((await SpoolVerification.RunAsync(Folder, None)).Findings);
        Assert.Contains(segment, finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoSpool_FindsNothing() => Assert.Empty((await SpoolVerification.RunAsync(Folder, None)).Findings);

    protected override ISpool Open(long limitBytes) => OpenSegments(limitBytes);

    protected override void Close()
    {
        _spool?.Dispose();
        _spool = null;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private SegmentSpool OpenSegments(long limitBytes = Unlimited) => _spool ??= SegmentSpool.Open(
        Folder, new LocalSpoolOptions { MaxBytes = limitBytes, SegmentBytes = 65536 }, TimeProvider.System, NullLoggerFactory.Instance);

    private static byte[] Entry(long? handedOverMs)
    {
        var entry = new byte[SpoolEntry.HeaderBytes + 3];
        SpoolEntry.WriteHeader(entry, default, handedOverMs);
        return entry;
    }
}
