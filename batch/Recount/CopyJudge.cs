using ClickFuncs.Batch.Compaction;

namespace ClickFuncs.Batch.Recount;

/// <summary>
/// Says of all copies of one event which one counts on a day, which of them the stream counted by its written policy, and why these
/// differ. Takes the copies by partition and sequence number, the order the stream saw them in, and remembers the few that matter: a
/// link that was replayed a million times takes no more memory than one replayed twice. No I/O.
/// </summary>
/// <remarks>
/// Truth: the first copy by event time in the look-back and the day counts, if it is of the day. Stream: in each partition a copy counts if
/// its id is not remembered and its window is not closed; its id is remembered from then on, for the horizon, closed window or not.
/// </remarks>
/// <param name="policy">The stream's policy and the look-back.</param>
/// <param name="day">The day that is counted.</param>
/// <param name="memoryStartMs">Stream time from which on all copies are handed in.</param>
/// <param name="marks">Receives what counts and what is explained.</param>
internal sealed class CopyJudge(CountingPolicy policy, int day, long memoryStartMs, List<CopyMark> marks)
{
    private readonly long _graceMs = policy.WindowGraceMs;
    private readonly long _horizonMinutes = policy.HorizonMinutes;
    private readonly long _lookBackStartMs = policy.LookBackStartMs(day);
    private readonly long _dayStartMs = EventDays.StartMs(day);
    private readonly long _dayEndMs = EventDays.StartMs(day + 1);
    private readonly List<Counted> _counted = [];

    // What the stream remembers in the partition at hand.
    private int _partition = -1;
    private Sighting? _sighting;
    private long _seenMinute;
    private bool _isSure;

    private EventCopy? _first;
    private bool _isFirstCounted;
    private EventCopy? _countedInstead;

    /// <summary>
    /// Copies of the day whose verdict hangs on what the stream remembered before all that was handed in: their ids kept coming back, at
    /// least once a horizon, all the time since.
    /// </summary>
    internal long Unsure { get; private set; }

    /// <summary>Takes the next copy.</summary>
    internal void Add(in EventCopy copy)
    {
        Recall(copy);
        var isCounted = Decide(copy, out var instead);
        if (copy.EventTimeMs >= _lookBackStartMs && (_first is not { } first || copy.IsBefore(first)))
            (_first, _isFirstCounted, _countedInstead) = (copy, isCounted, instead);
        if (IsOfDay(copy) && RawDifference(copy) is { } cause)
            marks.Add(new CopyMark(copy.Partition, copy.Sequence, cause, 0, 1));
    }

    /// <summary>All copies were there: marks those of the day that count or are explained, and makes ready for the next event.</summary>
    internal void End()
    {
        if (_first is { } first)
        {
            var instead = CountedInstead(first);
            var cause = CauseOf(first, instead);
            if (IsOfDay(first))
            {
                Mark(first, RecountCause.Truth, 1);
                if (!_isFirstCounted)
                    Mark(first, cause, 1);
            }

            foreach (var counted in _counted)
            {
                if (IsOfDay(counted.Copy) && counted.Copy != first)
                    Mark(counted.Copy, counted.Copy == instead ? cause : CauseOfExtra(counted, first), -1);
            }
        }

        _counted.Clear();
        (_partition, _sighting, _first, _isFirstCounted, _countedInstead) = (-1, null, null, false, null);
    }

    /// <summary>Whether a window was closed when an event for it came: watermark and lateness as Flink defines them.</summary>
    internal static bool IsClosed(long eventTimeMs, long streamTimeMs, long graceMs) =>
        eventTimeMs - (eventTimeMs % 60_000) + 60_000 <= streamTimeMs - graceMs;

    /// <summary>Keeps track of whether what the stream remembers can be told: it can once nothing older could be remembered.</summary>
    private void Recall(in EventCopy copy)
    {
        var minute = copy.StreamTimeMs / 60_000;
        if (copy.Partition != _partition)
        {
            (_partition, _sighting) = (copy.Partition, null);
            _isSure = memoryStartMs == long.MinValue || minute - (memoryStartMs / 60_000) > _horizonMinutes;
        }
        else if (minute - _seenMinute > _horizonMinutes)
        {
            _isSure = true;
        }

        _seenMinute = minute;
        if (!_isSure && IsOfDay(copy) && !IsClosed(copy))
            Unsure++;
    }

    /// <summary>What the stream did with a copy; one it had not come to is judged as it will be.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="instead">The copy it had counted before, if this one was a repeat of it.</param>
    /// <returns>Whether it counted it.</returns>
    private bool Decide(in EventCopy copy, out EventCopy? instead)
    {
        instead = null;
        if (copy.Fate == CopyFate.Quarantined)
            return false;
        var minute = copy.StreamTimeMs / 60_000;
        if (_sighting is { } sighting && minute - sighting.Minute <= _horizonMinutes)
        {
            instead = sighting.Counted;
            return false;
        }

        var isCounted = copy.Fate == CopyFate.Processed && !IsClosed(copy);
        if (isCounted)
            _counted.Add(new Counted(copy, IsAgain: _sighting != null));
        _sighting = new Sighting(minute, isCounted ? copy : null);
        return isCounted;
    }

    /// <summary>The copy that the stream had counted when it left the first one out; null if it had none, or counted the first one.</summary>
    private EventCopy? CountedInstead(EventCopy first)
    {
        if (_isFirstCounted || first.Fate != CopyFate.Quarantined)
            return _countedInstead;
        foreach (var counted in _counted)
        {
            if (counted.Copy.Partition == first.Partition)
                return counted.Copy;
        }

        return null;
    }

    private RecountCause CauseOf(in EventCopy first, EventCopy? instead) => first.Fate switch
    {
        CopyFate.Quarantined => RecountCause.Quarantined,
        CopyFate.NotProcessed when instead == null => RecountCause.NotProcessed,
        // Open, and yet no copy was counted: its id was remembered from one that was too late.
        _ => IsClosed(first) || instead == null ? RecountCause.TooLate : RecountCause.OtherCopy,
    };

    private static RecountCause CauseOfExtra(Counted extra, in EventCopy first) =>
        extra.IsAgain || extra.Copy.Partition == first.Partition ? RecountCause.BeyondHorizon : RecountCause.OtherPartition;

    /// <summary>Why the stream's raw clicks lack this copy: they count whatever comes while its window is open.</summary>
    private RecountCause? RawDifference(in EventCopy copy) => copy.Fate switch
    {
        CopyFate.Quarantined => RecountCause.Quarantined,
        CopyFate.NotProcessed => RecountCause.NotProcessed,
        _ => IsClosed(copy) ? RecountCause.TooLate : null,
    };

    private void Mark(in EventCopy copy, RecountCause cause, int counts) =>
        marks.Add(new CopyMark(copy.Partition, copy.Sequence, cause, counts, 0));

    private bool IsOfDay(in EventCopy copy) => copy.EventTimeMs >= _dayStartMs && copy.EventTimeMs < _dayEndMs;

    private bool IsClosed(in EventCopy copy) => IsClosed(copy.EventTimeMs, copy.StreamTimeMs, _graceMs);

    /// <summary>When an id was seen first, and the copy that was counted then, if it was.</summary>
    private readonly record struct Sighting(long Minute, EventCopy? Counted);

    /// <summary>A copy the stream counted, and whether it had seen the id before.</summary>
    private readonly record struct Counted(EventCopy Copy, bool IsAgain);
}
