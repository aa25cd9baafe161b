using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Log;

/// <summary>
/// The one thread that writes: takes a group, writes it as a block, syncs, tells everybody, takes the next.
/// A failed write (disk full) fails the group and refuses appends until the retry delay is over; the log is as before.
/// A failed sync ends this instance: what the disk still holds is unknown, only opening the log anew finds out.
/// </summary>
internal sealed partial class Committer
{
    private readonly AppendQueue _queue;
    private readonly SegmentWriter _writer;
    private readonly DurablePositions _positions;
    private readonly SegmentLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long[] _firstSequences;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly Thread _thread;
    private bool _refusing;
    private bool _broken;

    /// <summary>Makes the committer; <see cref="Start"/> lets it run.</summary>
    public Committer(
        AppendQueue queue, SegmentWriter writer, DurablePositions positions, SegmentLogOptions options, TimeProvider time, ILogger logger)
    {
        (_queue, _writer, _positions, _options, _time, _logger) = (queue, writer, positions, options, time, logger);
        _firstSequences = new long[options.PartitionCount];
        _tag = new KeyValuePair<string, object?>("log", options.Name);
        _thread = new Thread(Run) { Name = "click log committer", IsBackground = true };
    }

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>Waits until everything queued is settled. Stop the queue first.</summary>
    public void Join() => _thread.Join();

    private void Run()
    {
        while (_queue.TryTake(out var work))
        {
            var started = _time.GetTimestamp();
            var isCrowd = work.Records.RecordCount > 1;
            Settle(work, started);
            // A sync costs a core the same whatever it carries. When several append at once, the fast disk would answer them
            // in many small groups; a little patience makes them few. Whoever appends alone is not kept waiting.
            var rest = _options.GatherTime - _time.GetElapsedTime(started);
            if (isCrowd && rest > TimeSpan.Zero)
                _queue.Gather(rest);
        }
    }

    private void Settle(CommitWork work, long started)
    {
        var records = work.Records.RecordCount;
        var failure = _broken ? BrokenBefore() : Commit(work.Records);
        _queue.Release(work);
        if (failure is not null)
        {
            Instruments.LogFailures.Add(records, _tag, new KeyValuePair<string, object?>("reason", "unavailable"));
            work.Listener.Failed(failure);
            return;
        }

        Instruments.LogAppended.Add(records, _tag);
        Instruments.LogGroups.Add(1, _tag);
        Instruments.LogSyncDuration.Record(_time.GetElapsedTime(started).TotalSeconds, _tag);
        work.Listener.Committed(_firstSequences);
    }

    private LogUnavailableException? Commit(RecordGroup group)
    {
        try
        {
            _writer.Write(group, _time.GetUtcNow().ToUnixTimeMilliseconds());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return WriteFailed(e);
        }
        catch (Exception e)
        {
            // A defect in this program. The thread must not die with callers waiting, and must not write on either.
            return Break("The log failed in an unforeseen way", e);
        }

        try
        {
            _writer.Sync();
        }
        catch (Exception e)
        {
            return Break("The log could not be synced to the disk", e);
        }

        _writer.NextSequences.CopyTo(_firstSequences);
        _writer.Accept(group);
        _positions.Advance(_writer.NextSequences);
        if (_refusing)
            Recover();
        return null;
    }

    private LogUnavailableException WriteFailed(Exception cause)
    {
        LogRollback(_writer.Rollback());
        var retryAt = _time.GetTimestamp() + (long)(_options.RetryDelay.TotalSeconds * _time.TimestampFrequency);
        var refusal = new Refusal($"The log could not be written: {cause.Message} It is tried again after {_options.RetryDelay}.", cause, retryAt);
        _refusing = true;
        _queue.Refuse(refusal);
        LogWriteFailed(cause, _options.Directory, _options.RetryDelay);
        return refusal.ToException();
    }

    private void Recover()
    {
        _refusing = false;
        _queue.Refuse(null);
        LogRecovered(_options.Directory);
    }

    private LogUnavailableException Break(string what, Exception cause)
    {
        _broken = true;
        LogRollback(_writer.Rollback());
        var refusal = new Refusal($"{what}: {cause.Message} Nothing is appended until the log is opened anew.", cause, RetryAt: null);
        _queue.Refuse(refusal);
        LogBroken(cause, _options.Directory);
        return refusal.ToException();
    }

    private static LogUnavailableException BrokenBefore() =>
        new("The log failed before this append came to the disk; nothing is appended until it is opened anew.");

    private void LogRollback(Exception? failure)
    {
        if (failure is not null)
            LogRollbackFailed(failure, _options.Directory);
    }
}
