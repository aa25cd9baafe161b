using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Events;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Lake;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Hosting;

/// <summary>The archive as part of a running node, on real files.</summary>
public sealed class LocalNodeArchiveTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StartArchiving_UntilDisposed_ArchivesEverythingOnTheLog()
    {
        await using (var node = await OpenAsync())
        {
            node.StartArchiving();
            await AppendAsync(node, 200);
            Assert.Equal(Ends(node), await node.Archive.FlushAsync(None));
            Assert.Equal(Ends(node), node.Archive.ArchivedPositions);
            await AppendAsync(node, 100);
        }

        var verification = await ArchiveVerifier.RunAsync(new FolderLake(new DataDirectory(_folder.Path).Lake), None);
        Assert.Empty(verification.Findings);
        Assert.Equal(300, verification.Records);
    }

    [Fact]
    public async Task FindRetentionFloor_CountedButNotArchived_KeepsWhatIsNotArchived()
    {
        await using var node = await OpenAsync();
        node.Start();
        await AppendAsync(node, 200);
        await node.WaitUntilCountedAsync(None);
        Assert.All(node.FindRetentionFloor(), floor => Assert.Equal(0, floor));

        node.StartArchiving();
        await node.Archive.FlushAsync(None);

        Assert.Equal(Ends(node).Select(end => end + 1), node.FindRetentionFloor());
    }

    [Fact]
    public async Task OpenAsync_ArchiveAheadOfTheLog_IsRefused()
    {
        await using (var node = await OpenAsync())
        {
            node.StartArchiving();
            await AppendAsync(node, 50);
        }

        Directory.Delete(new DataDirectory(_folder.Path).Log, recursive: true);

        var failure = await Assert.ThrowsAsync<StateCorruptException>(OpenAsync);
        Assert.Contains("the archive holds records up to", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_LeftoversOfAKilledWriter_AreRemoved()
    {
        var left = Path.Combine(new DataDirectory(_folder.Path).Lake, ".tmp", "left.part");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        await File.WriteAllTextAsync(left, "half a file");

        await using var node = await OpenAsync();

        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Archive_Records_AreThoseOfTheLogWithTheirArrival()
    {
        await using var node = await OpenAsync();
        node.StartArchiving();
        await AppendAsync(node, 100);
        await node.Archive.FlushAsync(None);

        var (catalog, batch) = (new CaptureCatalog(node.Lake, new CaptureHub()), new ClickFuncs.Log.RecordBatch());
        for (var partition = 0; partition < node.Log.PartitionCount; partition++)
        {
            await node.Log.ReadAsync(partition, 0, int.MaxValue, batch, None);
            var at = 0;
            await foreach (var file in catalog.ListFromAsync(partition, 0, None))
            {
                await using var reader = await catalog.OpenAsync(file, None);
                while (await reader.ReadBlockAsync(None))
                    at = RequireSame(reader, batch, at);
            }

            Assert.Equal(batch.Count, at);
        }
    }

    private static int RequireSame(CaptureFileReader reader, ClickFuncs.Log.RecordBatch batch, int at)
    {
        for (; reader.TryRead(out var record); at++)
        {
            Assert.Equal((batch.Entries[at].Sequence, batch.Entries[at].ArrivalMs), (record.SequenceNumber, record.EnqueuedTimeMs));
            Assert.True(record.Body.SequenceEqual(batch.GetRecord(at)), $"Record {at} is not the log's.");
        }

        return at;
    }

    private static long[] Ends(LocalNode node) => [.. Enumerable.Range(0, node.Log.PartitionCount).Select(p => node.Log.GetRange(p).Next - 1)];

    private static async Task AppendAsync(LocalNode node, int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        var id = Fingerprint.Of(EventType.Click, Guid.NewGuid().ToByteArray());
        // No event, so it goes to quarantine; the archive takes what the log takes.
        await node.Log.AppendAsync(id, Guid.NewGuid().ToByteArray(), None);
    }));

    private async Task<LocalNode> OpenAsync() => await LocalNode.OpenAsync(
        new DataDirectory(_folder.Path), new LocalOptions(), partitions: 4, TimeProvider.System, NullLoggerFactory.Instance, None);
}
