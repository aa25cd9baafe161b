using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Quarantine;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Local.Quarantine;

/// <summary>One replay: collects what can be sent into groups, and sends each group once. Not thread-safe.</summary>
internal sealed class ReplayRun(SegmentLog log, ReplayStore store, TrafficJudge judge, TimeSpan futureTolerance, TimeProvider time, bool isDryRun)
{
    private const int GroupBytes = 1024 * 1024;
    private const int GroupRecords = 5_000;

    private readonly ReplayJudge _judge = new(futureTolerance);
    private readonly LogGroupBuilder _group = log.CreateGroup();
    private readonly List<QuarantinePlace> _places = [];
    private readonly HashSet<QuarantinePlace> _seen = [];

    // Of what was sent, so that it is recognised where it ends up.
    private readonly HashSet<Fingerprint> _sent = [];
    private readonly SortedDictionary<string, long> _invalid = new(StringComparer.Ordinal);
    private readonly byte[] _record = new byte[EventLimits.MaxEventBytes * 2];
    private long _looked;
    private long _alreadySent;
    private long _notThere;

    /// <summary>Looks at an event and takes it into the next group if it can be sent.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="bytes">The record on the log, or the mended line.</param>
    /// <param name="isLine">Whether it is a line.</param>
    /// <param name="cancellationToken">Stops before the group that it completes is sent.</param>
    public async Task AddAsync(QuarantinePlace place, ReadOnlyMemory<byte> bytes, bool isLine, CancellationToken cancellationToken)
    {
        _looked++;
        if (!_seen.Add(place) || store.IsSent(place.Partition, place.Sequence))
        {
            _alreadySent++;
            return;
        }

        if (!Take(place, bytes.Span, isLine))
            return;
        if (_group.ByteCount >= GroupBytes || _group.RecordCount >= GroupRecords)
            await FlushAsync(cancellationToken);
    }

    /// <summary>Notes a mended event for a place where nothing is quarantined.</summary>
    public void NoteNotThere() => _notThere++;

    /// <summary>Sends the group, if anything is in it.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_places.Count == 0)
            return;
        if (!isDryRun)
        {
            var id = Guid.NewGuid();
            store.Note(id, log.NextBlock, time.GetUtcNow().ToUnixTimeMilliseconds(), _places);
            _group.Tag = new ProducerTag(id, 1);
            await log.AppendGroupAsync(_group, cancellationToken);
            store.NoteSent(id);
        }
        else
        {
            _group.Clear();
        }

        _places.Clear();
    }

    /// <summary>Whether a record is one of those sent.</summary>
    public bool HasSent(ReadOnlySpan<byte> record) => _sent.Contains(Fingerprint.Of(EventType.Click, record));

    /// <summary>What became of it.</summary>
    public ReplaySummary Summary(long lateAgain, long quarantinedAgain) => new(_looked, _sent.Count, _alreadySent, _invalid, _notThere, lateAgain, quarantinedAgain);


    private bool Take(QuarantinePlace place, ReadOnlySpan<byte> bytes, bool isLine)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var problem = isLine ? _judge.JudgeLine(bytes, now, out var view) : _judge.Judge(bytes, now, out view);
        if (problem is not null)
        {
            _invalid[problem] = _invalid.GetValueOrDefault(problem) + 1;
            return false;
        }

        // As an import does.
        if (view.Type == EventType.Click && !view.Verdict.IsJudged)
            view.Verdict = judge.JudgeRecord(view.UserAgent, view.Ip);
        var record = _record.AsSpan(0, EventEncoder.Encode(view, _record));
        // Two of the same bytes are one event: the second would be its repeat.
        if (_sent.Add(Fingerprint.Of(EventType.Click, record)))
            _group.Add(Fingerprint.Of(view.Type, view.ClickId), record);
        _places.Add(place);
        return true;
    }
}
