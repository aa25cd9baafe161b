using ClickFuncs.Local.Hosting;
using ClickFuncs.State;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Ingest;

/// <summary>
/// Imports files one after the other: append, count to the end. A killed import goes on when it is run again; so the caller
/// calls <see cref="Forget"/> when it has told the outcome, and not before.
/// </summary>
internal sealed class IngestFiles(DataDirectory directory, LocalOptions options, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Imports the files and returns what became of their events.</summary>
    /// <param name="files">NDJSON files, in order.</param>
    /// <param name="createsAds">Whether ads missing from the catalog are created.</param>
    /// <param name="cancellationToken">Stops between two groups; running the same import again goes on from there.</param>
    public async Task<IngestSummary> RunAsync(IReadOnlyList<FileInfo> files, bool createsAds, CancellationToken cancellationToken)
    {
        if (files.FirstOrDefault(f => !f.Exists) is { } missing)
            throw new FileNotFoundException($"There is no file {missing.FullName}.");
        var started = time.GetTimestamp();
        await using var node = await LocalNode.OpenAsync(directory, ForThroughput(options), partitions: null, time, loggers, cancellationToken);
        node.Start();
        var judge = new TrafficJudge(options.Verdicts, KnownBots.Load());
        var ads = createsAds ? new AdCollector(node.Catalog) : null;
        var sum = default(PartitionCounters);
        for (var i = 0; i < files.Count; i++)
        {
            var occurrence = files.Take(i).Count(earlier => earlier.FullName == files[i].FullName);
            sum += await ImportAsync(node, judge, files[i], occurrence, ads, cancellationToken);
        }

        return new IngestSummary(sum, time.GetElapsedTime(started));
    }

    /// <summary>Forgets the imports whose outcome is told: the same files again are a new import.</summary>
    public void Forget() => IngestRun.ForgetCounted(directory);

    // Nobody watches a dashboard while a file is read: what counts is when the last row is there.
    private static LocalOptions ForThroughput(LocalOptions options) =>
        options with { Stream = options.Stream with { PublishInterval = TimeSpan.FromMilliseconds(50) } };

    private async Task<PartitionCounters> ImportAsync(
        LocalNode node, TrafficJudge judge, FileInfo info, int occurrence, AdCollector? ads, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var notePath = IngestRun.NotePath(directory, file, occurrence);
        var offset = 0L;
        var run = IngestRun.Find(notePath);
        if (run?.Counted is { } known)
        {
            await Console.Error.WriteLineAsync($"ingest: {info.Name} was counted by an earlier run, which was interrupted before it could say so.");
            return known;
        }

        if (run == null)
        {
            await node.WaitUntilCountedAsync(cancellationToken);
            run = new IngestRun(Guid.NewGuid(), info.FullName, node.Log.NextBlock, node.SumCounters());
            run.Write(notePath);
        }
        else if (node.Log.TryFindLastTag(run.RunId, run.FirstBlock, out offset))
        {
            await Console.Error.WriteLineAsync($"ingest: going on with {info.Name} at byte {offset:N0} of {info.Length:N0}, where an earlier run was interrupted.");
        }

        using (var progress = new ImportProgress(info.Name, info.Length, time))
        {
            await new FileImport(node.Log, judge, ads, progress.Report).RunAsync(file, run.RunId, offset, cancellationToken);
            await node.WaitUntilCountedAsync(cancellationToken);
        }

        var counted = node.SumCounters() - run.Before;
        (run with { Counted = counted }).Write(notePath);
        return counted;
    }
}
