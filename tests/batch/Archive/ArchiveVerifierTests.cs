using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Testing.Lake;

namespace ClickFuncs.Batch.Tests.Archive;

public sealed class ArchiveVerifierTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly InMemoryLake _lake = new();

    [Fact]
    public async Task RunAsync_EmptyLake_FindsNothing() => Assert.Empty((await VerifyAsync()).Findings);

    [Fact]
    public async Task RunAsync_WholeArchive_CountsWhatItHolds()
    {
        await AddAsync(0, 0, first: 4, count: 3);
        await AddAsync(0, 1, first: 7, count: 0);
        await AddAsync(0, 2, first: 7, count: 2);
        await AddAsync(1, 0, first: 0, count: 5);
        await AddAsync(0, 0, first: 100, count: 1, new CaptureHub("clickfuncs", "other"));

        var verification = await VerifyAsync();

        Assert.Empty(verification.Findings);
        Assert.Equal((5, 11), (verification.Files, verification.Records));
        Assert.Equal(_lake.Paths.Sum(p => _lake[p].Length), verification.Bytes);
        Assert.Equal(new Dictionary<int, long> { [0] = 9, [1] = 5 }, verification.NextOf(new CaptureHub()));
    }

    [Fact]
    public async Task RunAsync_MissingFile_NamesTheRecords()
    {
        await AddAsync(0, 0, first: 0, count: 3);
        await AddAsync(0, 2, first: 7, count: 2);

        Assert.Equal(
            "Capture file capture/clickfuncs/clicks/0/2026/07/01/12/02/00.avro: records 3 to 6 are missing before it.",
            Assert.Single((await VerifyAsync()).Findings));
    }

    [Fact]
    public async Task RunAsync_EmptyFileThatContradicts_IsFound()
    {
        await AddAsync(0, 0, first: 0, count: 3);
        await AddAsync(0, 1, first: 8, count: 0);

        Assert.Contains("records 3 to 7 are missing", Assert.Single((await VerifyAsync()).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Overlap_IsFound()
    {
        await AddAsync(0, 0, first: 0, count: 3);
        await AddAsync(0, 1, first: 2, count: 2);

        Assert.Contains("begins with record 2, but the files before it already go up to 2", Assert.Single((await VerifyAsync()).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DamagedFile_IsOneFindingAndTheRestIsRead()
    {
        await AddAsync(0, 0, first: 0, count: 3);
        var damaged = await AddAsync(0, 1, first: 3, count: 3);
        await AddAsync(0, 2, first: 6, count: 3);
        _lake.Overwrite(damaged, _lake[damaged][..^1]);

        var verification = await VerifyAsync();

        Assert.StartsWith($"Capture file {damaged}, block 0 at byte ", Assert.Single(verification.Findings), StringComparison.Ordinal);
        Assert.Equal((3, 6), (verification.Files, verification.Records));
    }

    [Fact]
    public async Task RunAsync_RecordsOutOfOrderWithinAFile_AreFound()
    {
        byte[] content = [.. PlainAvro.Record(1), .. PlainAvro.Record(3)];
        _lake.Overwrite(
            new CapturePath(new CaptureHub(), 0, Noon).ToString(), PlainAvro.File(PlainAvro.DocumentedSchema, null, PlainAvro.Block(2, content)));

        Assert.Contains("record 3 comes where record 2 is due", Assert.Single((await VerifyAsync()).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SomethingElseAmongTheFiles_IsFound()
    {
        _lake.Overwrite("capture/clickfuncs/clicks/0/notes.txt", []);

        Assert.StartsWith("capture/clickfuncs/clicks/0/notes.txt lies among", Assert.Single((await VerifyAsync()).Findings), StringComparison.Ordinal);
    }

    private Task<ArchiveVerification> VerifyAsync() => ArchiveVerifier.RunAsync(_lake, CancellationToken.None);

    private async Task<string> AddAsync(int partition, int minute, long first, int count, CaptureHub? hub = null)
    {
        var path = new CapturePath(hub ?? new CaptureHub(), partition, Noon.AddMinutes(minute)).ToString();
        _lake.Overwrite(path, await CaptureFiles.WriteAsync(AvroCodec.Null, first, CaptureFiles.Random(new Random(3), count, maxBody: 20)));
        return path;
    }
}
