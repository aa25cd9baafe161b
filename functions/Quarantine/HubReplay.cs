using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Functions.Quarantine;

/// <summary>One replay over Event Hubs: claims what can be sent, sends it, marks it. Not thread-safe.</summary>
/// <param name="log">The hub.</param>
/// <param name="marks">What was sent.</param>
/// <param name="heads">The partitions as of before the first send.</param>
/// <param name="judge">Judges clicks as an import does.</param>
/// <param name="options">How the stream counts.</param>
/// <param name="bounds">How much is done.</param>
/// <param name="time">The clock.</param>
/// <param name="isDryRun">Whether to change nothing.</param>
internal sealed class HubReplay(
    IClickLog log, ReplayMarks marks, IReadOnlyDictionary<int, PartitionHead> heads, TrafficJudge judge, ProcessorOptions options, ReplayBounds bounds,
    TimeProvider time, bool isDryRun)
{
    private const int GroupSize = 500;

    // From the look at the clock until the hub has the event: all tries of the client, several times over.
    private static readonly TimeSpan SendMargin = TimeSpan.FromMinutes(10);

    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly long _begun = time.GetTimestamp();
    private readonly ReplayJudge _judge = new(options.FutureTolerance);
    private readonly List<ReplayItem> _group = [];
    private readonly HashSet<QuarantinePlace> _seen = [];

    // Of what was sent, so that it is recognised where it ends up.
    private readonly HashSet<Fingerprint> _sent = [];
    private readonly SortedDictionary<string, long> _invalid = new(StringComparer.Ordinal);
    private readonly byte[] _record = new byte[EventLimits.MaxEventBytes * 2];
    private int _read;
    private long _looked;
    private long _alreadySent;
    private long _notThere;
    private long _unsure;

    /// <summary>Whether the request has done as much as it may.</summary>
    public bool IsFull => _read >= bounds.MostRead || _sent.Count + _group.Count >= bounds.MostSent || time.GetElapsedTime(_begun) >= bounds.SendFor;

    /// <summary>Partitions that something was sent to.</summary>
    public SortedSet<int> Partitions { get; } = [];

    /// <summary>Notes that a quarantined event was read.</summary>
    public void NoteRead() => _read++;

    /// <summary>Notes a mended event for a place where nothing is quarantined.</summary>
    public void NoteNotThere() => _notThere++;

    /// <summary>Looks at an event and takes it into the next group if it can be sent.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="bytes">The record on the log, or the mended line.</param>
    /// <param name="isLine">Whether it is a line.</param>
    /// <param name="cancellationToken">Stops before the group that it completes is sent.</param>
    public async Task AddAsync(QuarantinePlace place, ReadOnlyMemory<byte> bytes, bool isLine, CancellationToken cancellationToken)
    {
        _looked++;
        if (!_seen.Add(place))
            _alreadySent++;
        else if (Read(place, bytes.Span, isLine) is { } item)
            _group.Add(item);
        if (_group.Count >= GroupSize)
            await FlushAsync(cancellationToken);
    }

    /// <summary>Sends the group, if anything is in it.</summary>
    /// <exception cref="LogException">The hub did not acknowledge some of it; what it did is marked.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var items in _group.GroupBy(item => item.Place.Partition))
            await SendAsync(items.Key, [.. items], cancellationToken);
        _group.Clear();
    }

    /// <summary>Whether a record is one of those sent.</summary>
    public bool HasSent(ReadOnlySpan<byte> record) => _sent.Contains(Fingerprint.Of(EventType.Click, record));

    /// <summary>What became of it.</summary>
    public ReplaySummary Summary(long? lateAgain, long? quarantinedAgain, QuarantinePlace? next) =>
        new(_looked, _sent.Count, _alreadySent, _invalid, _notThere, lateAgain, quarantinedAgain, _unsure, next);

    private ReplayItem? Read(QuarantinePlace place, ReadOnlySpan<byte> bytes, bool isLine)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var problem = isLine ? _judge.JudgeLine(bytes, now, out var view) : _judge.Judge(bytes, now, out view);
        if (problem is not null)
        {
            _invalid[problem] = _invalid.GetValueOrDefault(problem) + 1;
            return null;
        }

        // As an import does.
        if (view.Type == EventType.Click && !view.Verdict.IsJudged)
            view.Verdict = judge.JudgeRecord(view.UserAgent, view.Ip);
        var id = Fingerprint.Of(view.Type, view.ClickId);
        var record = _record.AsSpan(0, EventEncoder.Encode(view, _record)).ToArray();
        return new ReplayItem(place, id, Fingerprint.Of(EventType.Click, record), record, SafeUntil(view, id.Partition(log.PartitionCount)));
    }

    // Ids are forgotten by stream time, which is not before the partition's watermark now nor before the event's own time when the id is first seen, and never
    // ahead of the clock by more than events may be. Ids of what is no click are not kept at all.
    private long SafeUntil(in EventView view, int partition)
    {
        if (view.Type == EventType.NonClick)
            return 0;
        var firstSight = Math.Max(view.EventTimeMs, heads.GetValueOrDefault(partition)?.WatermarkMs ?? long.MinValue);
        return firstSight + (long)(options.DedupHorizon - options.FutureTolerance - SendMargin).TotalMilliseconds;
    }

    private async Task SendAsync(int partition, IReadOnlyList<ReplayItem> items, CancellationToken cancellationToken)
    {
        var verdicts = isDryRun
            ? items.Zip(await marks.JudgeAsync(partition, items, cancellationToken)).ToDictionary(judged => judged.First.Place.Sequence, judged => judged.Second)
            : await marks.ClaimAsync(partition, items, _holder, cancellationToken);
        _alreadySent += verdicts.Values.Count(verdict => verdict == ReplayVerdict.Sent);
        _unsure += verdicts.Values.Count(verdict => verdict == ReplayVerdict.Unsure);
        ReplayItem[] free = [.. items.Where(item => verdicts[item.Place.Sequence] == ReplayVerdict.Free)];
        if (isDryRun)
        {
            _sent.UnionWith(free.Select(item => item.Content));
            return;
        }

        if (free.Length == 0)
            return;
        // Two of the same bytes are one event: the second would be its repeat.
        ReplayItem[] toSend = [.. free.DistinctBy(item => item.Content).Where(item => !_sent.Contains(item.Content))];
        Partitions.UnionWith(toSend.Select(item => item.Id.Partition(log.PartitionCount)));
        // Claimed is to be sent: not cancelled from here on.
        var failures = await Task.WhenAll(toSend.Select(AppendAsync));
        _sent.UnionWith(toSend.Where((_, index) => failures[index] is null).Select(item => item.Content));
        // The hub has them: that is marked whoever has gone meanwhile.
        await marks.NoteSentAsync(partition, [.. free.Where(item => _sent.Contains(item.Content))], CancellationToken.None);
        if (failures.OfType<Exception>().FirstOrDefault() is { } failure)
        {
            await marks.ReleaseAsync(partition, [.. free.Where(item => !_sent.Contains(item.Content))], _holder, CancellationToken.None);
            throw failure;
        }
    }

    // Each has its own outcome: those that the hub took are marked even when others failed.
    private async Task<LogException?> AppendAsync(ReplayItem item)
    {
        try
        {
            await log.AppendAsync(item.Id, item.Record, CancellationToken.None);
            return null;
        }
        catch (LogException failure)
        {
            return failure;
        }
    }
}
