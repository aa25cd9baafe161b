using System.Text;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using ClickFuncs.Verdicts;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.Quarantine;

/// <summary>
/// The quarantine on Azure: side outputs in the partitions' state, the hub to send them to again. On one machine the log's blocks carry a tag by which a
/// crash between sending and noting is made up for; Event Hubs have none. Here an event is claimed, sent and marked, and one that was claimed and not marked
/// is sent again as long as the stream surely knows its id and drops the second one; later it is left out and said to be unsure.
/// </summary>
/// <param name="state">Where side outputs are.</param>
/// <param name="log">The hub, without a spool behind it.</param>
/// <param name="hub">How far it reaches.</param>
/// <param name="marks">What was sent.</param>
/// <param name="judge">Judges clicks as an import does.</param>
/// <param name="options">How the stream counts.</param>
/// <param name="bounds">How much a request does.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is said what was sent.</param>
public sealed partial class AzureQuarantine(
    IPartitionStateStore state, IClickLog log, IPartitionSource hub, ReplayMarks marks, TrafficJudge judge, ProcessorOptions options, ReplayBounds bounds,
    TimeProvider time, ILogger<AzureQuarantine> logger) : IQuarantine
{
    private const int PageSize = 500;

    // A look at the heads is a request unit a partition.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SideOutputPages _pages = new(state, log.PartitionCount);

    /// <inheritdoc/>
    public ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken) =>
        _pages.ListAsync(query, marks.FindSentAsync, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var heads = (await state.ListHeadsAsync(cancellationToken)).ToDictionary(head => head.Partition);
        var replay = new HubReplay(log, marks, heads, judge, options, bounds, time, request.IsDryRun);
        var ends = request.IsDryRun ? [] : await EndsAsync(Enumerable.Range(0, log.PartitionCount), cancellationToken);
        var next = request.Mended.Count > 0
            ? await SendMendedAsync(replay, request.Mended, cancellationToken)
            : await SendValidAsync(replay, request, cancellationToken);
        await replay.FlushAsync(cancellationToken);
        if (request.IsDryRun || replay.Partitions.Count == 0)
            return replay.Summary(0, 0, next);
        var isCounted = await WaitUntilCountedAsync(replay, cancellationToken);
        var summary = replay.Summary(
            isCounted ? await CountAgainAsync(replay, SideOutputKind.Late, ends, cancellationToken) : null,
            isCounted ? await CountAgainAsync(replay, SideOutputKind.Quarantine, ends, cancellationToken) : null, next);
        LogReplayed(summary.Sent, summary.Looked, summary.Unsure);
        return summary;
    }

    private async Task<QuarantinePlace?> SendValidAsync(HubReplay replay, ReplayRequest request, CancellationToken cancellationToken)
    {
        var (partition, from) = request.From is { } begin ? (begin.Partition, begin.Sequence) : (0, 0L);
        while (partition < log.PartitionCount)
        {
            var page = await state.ReadSideOutputsAsync(partition, SideOutputKind.Quarantine, from, PageSize, cancellationToken);
            foreach (var output in page)
            {
                if (replay.IsFull)
                    return new QuarantinePlace(partition, output.Sequence);
                replay.NoteRead();
                if (request.Reason is null || output.Reason == request.Reason)
                    await replay.AddAsync(new QuarantinePlace(partition, output.Sequence), output.Record, isLine: false, cancellationToken);
            }

            (partition, from) = page.Count < PageSize ? (partition + 1, 0) : (partition, page[^1].Sequence + 1);
        }

        return null;
    }

    private async Task<QuarantinePlace?> SendMendedAsync(HubReplay replay, IReadOnlyList<MendedEvent> mended, CancellationToken cancellationToken)
    {
        foreach (var (place, text) in mended)
        {
            if (replay.IsFull)
                return place;
            var found = await state.ReadSideOutputsAsync(place.Partition, SideOutputKind.Quarantine, place.Sequence, 1, cancellationToken);
            if (found.Count == 1 && found[0].Sequence == place.Sequence)
                await replay.AddAsync(place, Encoding.UTF8.GetBytes(text), isLine: true, cancellationToken);
            else
                replay.NoteNotThere();
        }

        return null;
    }

    private async Task<bool> WaitUntilCountedAsync(HubReplay replay, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var ends = await EndsAsync(replay.Partitions, cancellationToken);
        while (true)
        {
            var heads = (await state.ListHeadsAsync(cancellationToken)).ToDictionary(head => head.Partition, head => head.PublishedPosition);
            if (ends.All(end => heads.GetValueOrDefault(end.Key, -1) >= end.Value - 1))
                return true;
            if (time.GetElapsedTime(begun) >= bounds.CountFor)
                return false;
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private async Task<long> CountAgainAsync(HubReplay replay, SideOutputKind kind, Dictionary<int, long> ends, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var partition in replay.Partitions)
        {
            var from = ends[partition];
            while (await state.ReadSideOutputsAsync(partition, kind, from, PageSize, cancellationToken) is { Count: > 0 } page)
            {
                count += page.Count(output => replay.HasSent(output.Record.Span));
                from = page[^1].Sequence + 1;
            }
        }

        return count;
    }

    // The number that the next record of each partition will get.
    private async Task<Dictionary<int, long>> EndsAsync(IEnumerable<int> partitions, CancellationToken cancellationToken)
    {
        int[] asked = [.. partitions];
        await Task.WhenAll(asked.Select(partition => hub.RefreshAsync(partition, cancellationToken)));
        return asked.ToDictionary(partition => partition, partition => hub.GetRange(partition).Next);
    }

    [LoggerMessage(8141, LogLevel.Warning, "{Sent} of {Looked} quarantined events were sent again; of {Unsure} it is not known whether they were sent before.")]
    private partial void LogReplayed(long sent, long looked, long unsure);
}
