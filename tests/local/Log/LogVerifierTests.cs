using ClickFuncs.Local.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class LogVerifierTests
{
    [Fact]
    public async Task Verify_GoodLog_FindsNothingAndCounts()
    {
        using var folder = await Filled();

        var result = LogVerifier.Verify(folder.Path, CancellationToken.None);

        Assert.Empty(result.Findings);
        Assert.Null(result.Torn);
        Assert.Equal((150L, 150L, folder.Segments().Length), (result.Blocks, result.Records, result.Segments));
        Assert.Equal(folder.Segments().Sum(path => new FileInfo(path).Length), result.Bytes);
    }

    [Fact]
    public async Task Verify_AnyByteOfASealedSegmentFlipped_FindsIt()
    {
        using var folder = await Filled();
        var path = folder.Segments()[1];
        var bytes = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < bytes.Length; at += 11)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(path, damaged);

            var findings = LogVerifier.Verify(folder.Path, CancellationToken.None).Findings;

            Assert.Contains(findings, finding => finding.Contains(path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Verify_TwoPlacesDamaged_ReportsBothAndGoesOn()
    {
        using var folder = await Filled();
        foreach (var path in new[] { folder.Segments()[1], folder.Segments()[3] })
        {
            await using var file = new FileStream(path, FileMode.Open);
            file.Position = 200;
            file.WriteByte(0xAA);
        }

        var result = LogVerifier.Verify(folder.Path, CancellationToken.None);

        Assert.Contains(result.Findings, f => f.Contains(folder.Segments()[1], StringComparison.Ordinal));
        Assert.Contains(result.Findings, f => f.Contains(folder.Segments()[3], StringComparison.Ordinal));
        Assert.Equal(148, result.Records);
    }

    [Fact]
    public async Task Verify_TornTail_IsNoDamage()
    {
        using var folder = await Filled();
        using (var file = new FileStream(folder.Segments()[^1], FileMode.Open))
            file.SetLength(file.Length - 3);
        var before = await File.ReadAllBytesAsync(folder.Segments()[^1]);

        var result = LogVerifier.Verify(folder.Path, CancellationToken.None);

        Assert.Empty(result.Findings);
        Assert.Equal(149, result.Torn!.Block);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Segments()[^1]));
        Assert.Empty(result.SetAside);
        folder.Open(segmentBytes: 4096).Dispose();
        Assert.Single(LogVerifier.Verify(folder.Path, CancellationToken.None).SetAside);
    }

    private static async Task<LogFolder> Filled()
    {
        var folder = new LogFolder();
        using var log = folder.Open(segmentBytes: 4096);
        await log.AppendAll(LogRecords.Texts(150));
        return folder;
    }
}
