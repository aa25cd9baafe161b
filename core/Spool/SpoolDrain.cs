using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Spool;

/// <summary>
/// Brings what waits in the spool to the log, in the order in which it came. An entry is removed when the log has made it durable, so a
/// crash between the two leaves it in both. And an entry that the log was given before it was spooled may be there already. Such entries
/// are looked for on the log first, and left out if they are there: not even a duplicate is counted.
/// </summary>
/// <remarks>Also the probe: while the log is away, the drain is who tries it. And it sweeps for overdue appends. One runs per spool.</remarks>
public sealed partial class SpoolDrain(
    SpoolingClickLog clicks, IClickLog log, ILogReader reader, ISpool spool, SpoolOptions options, TimeProvider time, ILogger<SpoolDrain> logger)
{
    /// <summary>About as many bytes are drained at once.</summary>
    public const int BatchBytes = 512 * 1024;

    private readonly RecordBatch _batch = new();
    private readonly List<Entry> _entries = [];
    private readonly HashSet<Fingerprint> _keys = [];

    // Entries that some earlier try may have appended arrived on the log after this. At first nobody knows when: a process before this one may
    // have died between append and removal. Null: there was no such try.
    private long? _triedSinceMs = long.MinValue;

    /// <summary>What draining fails with now; null while it works.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Sweeps and drains until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(SweepAsync(cancellationToken), DrainAsync(cancellationToken));

    /// <summary>Drains one batch. For a timer elsewhere; <see cref="RunAsync"/> calls it here.</summary>
    /// <exception cref="LogException">The log or the spool failed; nothing is lost, call it again later.</exception>
    public async Task<DrainStep> DrainOnceAsync(CancellationToken cancellationToken)
    {
        // The batch after a crash must hold all that the one before it held, of which more may be on the log.
        await spool.ReadAsync(_triedSinceMs is null ? BatchBytes : 2 * BatchBytes, _batch, cancellationToken);
        if (_batch.Count == 0)
            return DrainStep.Empty;
        // While the log owes answers, whether it has an event can't be known; and it would not take another one either. Asked after the
        // reading: what was read was in doubt before it was spooled.
        if (clicks.IsInDoubt)
            return DrainStep.Waiting;
        var started = time.GetUtcNow().ToUnixTimeMilliseconds();
        var since = ReadEntries();
        var there = since is { } from ? await LogSearch.FindAsync(reader, KeysByPartition(), from, cancellationToken) : null;
        _triedSinceMs ??= started;
        await AppendAsync(there);
        await spool.RemoveAsync(_batch.Entries[^1].Sequence, cancellationToken);
        _triedSinceMs = null;
        var found = there?.Count ?? 0;
        SpoolInstruments.Drained.Add(_entries.Count - found, new KeyValuePair<string, object?>("outcome", "appended"));
        SpoolInstruments.Drained.Add(found, new KeyValuePair<string, object?>("outcome", "found"));
        return DrainStep.Drained;
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(clicks.SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                clicks.Sweep();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; what is under way is the log's to answer.
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pause = await TryDrainAsync(cancellationToken);
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next start goes on from what is removed.
        }
    }

    /// <summary>Does what is to be done now.</summary>
    /// <returns>How long to wait before the next look.</returns>
    private async Task<TimeSpan> TryDrainAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var step = await DrainOnceAsync(cancellationToken);
            Failure = null;
            // With nothing spooled, perhaps because the spool could not take it, events themselves find out about the log.
            if (step == DrainStep.Empty && !clicks.IsInDoubt && clicks.Mode != SpoolMode.Direct && clicks.AwayFor >= options.RetryDelay)
                clicks.Resume();
            if (step != DrainStep.Drained)
                return clicks.SweepInterval;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            SpoolInstruments.DrainFailures.Add(1);
            if (Failure is null)
                LogFailed(failure, options.RetryDelay);
            Failure = failure;
            if (failure is not SpoolRefusedException)
                clicks.Lost(failure);
            return options.RetryDelay;
        }

        // A log that is slow still takes what was spooled, a large batch at a time; those who click don't wait for it.
        if (time.GetElapsedTime(started) <= options.Deadline)
        {
            clicks.Found();
            if (_batch.ByteCount < BatchBytes)
                clicks.Resume();
        }

        return TimeSpan.Zero;
    }

    // Returns the moment from which the log has to be searched; null when none of the entries can be there.
    private long? ReadEntries()
    {
        _entries.Clear();
        long? since = null;
        for (var i = 0; i < _batch.Count; i++)
        {
            var record = SpoolEntry.Read(_batch.GetRecord(i), out var id, out var handedOverMs);
            var stored = _batch.Entries[i];
            _entries.Add(new Entry(id, stored.Offset + SpoolEntry.HeaderBytes, record.Length));
            // Nothing was drained before it was spooled.
            var tried = _triedSinceMs is { } at ? Math.Max(at, stored.ArrivalMs) : (long?)null;
            if ((handedOverMs ?? tried) is { } moment)
                since = Math.Min(since ?? moment, Math.Min(moment, tried ?? moment));
        }

        return since;
    }

    private Dictionary<int, IReadOnlySet<Fingerprint>> KeysByPartition() => _entries
        .GroupBy(entry => entry.Id.Partition(log.PartitionCount))
        .ToDictionary(group => group.Key, group => (IReadOnlySet<Fingerprint>)group.Select(entry => LogSearch.KeyOf(RecordOf(entry))).ToHashSet());

    private ReadOnlySpan<byte> RecordOf(in Entry entry) => _batch.Bytes.Slice(entry.Offset, entry.Length);

    private async Task AppendAsync(IReadOnlySet<Fingerprint>? there)
    {
        _keys.Clear();
        var appends = new List<Task>(_entries.Count);
        foreach (var entry in _entries)
        {
            // What is on the log once stands for one entry: a second with the same content was another click.
            if (there is not null && LogSearch.KeyOf(RecordOf(entry)) is var key && there.Contains(key) && _keys.Add(key))
                continue;
            appends.Add(log.AppendAsync(entry.Id, RecordOf(entry), CancellationToken.None).AsTask());
        }

        // All of them, whatever the first says and whoever wants to stop: an append under way may still be written.
        await Task.WhenAll(appends);
    }

    [LoggerMessage(EventId = 3204, Level = LogLevel.Error, Message = "The spool can't be drained; it is tried again every {Delay}. Nothing in it is lost.")]
    private partial void LogFailed(Exception failure, TimeSpan delay);

    private readonly record struct Entry(Fingerprint Id, int Offset, int Length);
}
