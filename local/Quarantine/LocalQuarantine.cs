using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using ClickFuncs.Verdicts;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Quarantine;

/// <summary>The quarantine of one machine: side outputs in the state store, the log to send them to again. One replay at a time.</summary>
internal sealed partial class LocalQuarantine(
    LocalNode node, DataDirectory directory, LocalOptions options, TrafficJudge judge, TimeProvider time, ILogger<LocalQuarantine> logger)
    : IQuarantine, IDisposable
{
    private const int PageSize = 500;

    private readonly SemaphoreSlim _replaying = new(1, 1);

    /// <inheritdoc/>
    public async ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        using var store = new ReplayStore(directory.Replays);
        return await new SideOutputPages(node.State, node.Log.PartitionCount).ListAsync(query, store.FindSentAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        await _replaying.WaitAsync(cancellationToken);
        try
        {
            using var store = new ReplayStore(directory.Replays);
            Decide(store);
            var run = new ReplayRun(node.Log, store, judge, options.Processor.FutureTolerance, time, request.IsDryRun);
            long[] ends = [.. Enumerable.Range(0, node.Log.PartitionCount).Select(partition => node.Log.GetRange(partition).Next)];
            if (request.Mended.Count > 0)
                await SendMendedAsync(run, request.Mended, cancellationToken);
            else
                await SendValidAsync(run, request, cancellationToken);
            await run.FlushAsync(cancellationToken);
            if (request.IsDryRun)
                return run.Summary(0, 0);
            await node.WaitUntilCountedAsync(cancellationToken);
            var summary = run.Summary(
                await CountAgainAsync(run, SideOutputKind.Late, ends, cancellationToken), await CountAgainAsync(run, SideOutputKind.Quarantine, ends, cancellationToken));
            LogReplayed(summary.Sent, summary.Looked, summary.LateAgain ?? 0, summary.QuarantinedAgain ?? 0);
            return summary;
        }
        finally
        {
            _replaying.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _replaying.Dispose();

    // A group is one block with its tag: the log has all of it or nothing.
    private void Decide(ReplayStore store)
    {
        foreach (var (id, firstBlock) in store.ReadUndecided())
        {
            if (node.Log.TryFindLastTag(id, firstBlock, out _))
                store.NoteSent(id);
            else
                store.Forget(id);
        }

        // Of these the events themselves are deleted already.
        store.Expire((time.GetUtcNow() - options.Quarantine.RetainFor).ToUnixTimeMilliseconds());
    }

    private async Task SendValidAsync(ReplayRun run, ReplayRequest request, CancellationToken cancellationToken)
    {
        var begin = request.From ?? new QuarantinePlace(0, 0);
        for (var partition = begin.Partition; partition < node.Log.PartitionCount; partition++)
        {
            var from = partition == begin.Partition ? begin.Sequence : 0;
            while (await node.State.ReadSideOutputsAsync(partition, SideOutputKind.Quarantine, from, PageSize, cancellationToken) is { Count: > 0 } page)
            {
                foreach (var output in page.Where(output => request.Reason is null || output.Reason == request.Reason))
                    await run.AddAsync(new QuarantinePlace(partition, output.Sequence), output.Record, isLine: false, cancellationToken);
                from = page[^1].Sequence + 1;
            }
        }
    }

    private async Task SendMendedAsync(ReplayRun run, IReadOnlyList<MendedEvent> mended, CancellationToken cancellationToken)
    {
        foreach (var (place, text) in mended)
        {
            var found = await node.State.ReadSideOutputsAsync(place.Partition, SideOutputKind.Quarantine, place.Sequence, 1, cancellationToken);
            if (found.Count == 1 && found[0].Sequence == place.Sequence)
                await run.AddAsync(place, Encoding.UTF8.GetBytes(text), isLine: true, cancellationToken);
            else
                run.NoteNotThere();
        }
    }

    private async Task<long> CountAgainAsync(ReplayRun run, SideOutputKind kind, long[] ends, CancellationToken cancellationToken)
    {
        var count = 0L;
        for (var partition = 0; partition < ends.Length; partition++)
        {
            var from = ends[partition];
            while (await node.State.ReadSideOutputsAsync(partition, kind, from, PageSize, cancellationToken) is { Count: > 0 } page)
            {
                count += page.Count(output => run.HasSent(output.Record.Span));
                from = page[^1].Sequence + 1;
            }
        }

        return count;
    }

    [LoggerMessage(8231, LogLevel.Warning, "{Sent} of {Looked} quarantined events were sent again; of these {Late} came too late for the stream, and {Quarantined} were quarantined again.")]
    private partial void LogReplayed(long sent, long looked, long late, long quarantined);
}
