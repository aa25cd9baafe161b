using ClickFuncs.Log;
using ClickFuncs.State;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Velocity;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Processing;

/// <summary>
/// Keeps one partition going: opens sessions, steps them, waits for new records. A failure of log, state or sink ends the
/// session and a new one starts from what is committed, after a growing wait, for ever: a partition that stalls is seen by
/// its lag, one that skips is not. Only a new owner elsewhere ends it.
/// </summary>
public sealed partial class PartitionWorker(
    int partition, string owner, ILogReader log, IPartitionStateStore state, IRowPublisher publisher,
    ProcessorOptions processorOptions, StreamOptions options, TimeProvider time, ILogger<PartitionWorker> logger,
    SignalCollector? signals = null, ClickTraces? traces = null)
{
    private volatile PartitionStatus _status = new(partition, -1, -1, long.MinValue, 0, default);
    private volatile Exception? _failure;
    private volatile TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _wantedNext;

    /// <summary>Where the partition stands.</summary>
    public PartitionStatus Status => _status;

    /// <summary>What the partition is failing with now; null while it works.</summary>
    public Exception? Failure => _failure;

    /// <summary>Somebody waits for what is on the log now: until it is counted, nothing is waited for that would make commits larger.</summary>
    public void Hurry()
    {
        Volatile.Write(ref _wantedNext, log.GetRange(partition).Next);
        _hurry.TrySetResult();
    }

    /// <summary>Runs until cancelled, or until somebody else takes the partition over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; !cancellationToken.IsCancellationRequested;)
        {
            var before = _status.Position;
            try
            {
                await RunSessionAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (StaleOwnerException stale)
            {
                _failure = stale;
                LogTakenOver(stale, partition);
                return;
            }
            catch (Exception failure)
            {
                _failure = failure;
                attempt = _status.Position > before ? 0 : attempt + 1;
                var delay = options.DelayBefore(attempt);
                LogFailed(failure, partition, delay);
                try
                {
                    await Task.Delay(delay, time, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        var session = await PartitionSession.OpenAsync(
            partition, owner, log, state, publisher, processorOptions, options, time, cancellationToken, signals, traces);
        _status = session.Status;
        LogOpened(partition, session.Status.Position);
        while (true)
        {
            var started = time.GetTimestamp();
            var read = await session.StepAsync(cancellationToken);
            _failure = null;
            _status = session.Status;
            var next = session.Status.Position + 1;
            var waiting = log.GetRange(partition).Next - next;
            if (waiting == 0)
            {
                await session.SettleAsync(cancellationToken);
                _status = session.Status;
                await log.WaitForAsync(partition, next, cancellationToken);
            }

            var rest = options.CommitInterval - time.GetElapsedTime(started);
            if (read > 0 && waiting < options.EagerRecords && rest > TimeSpan.Zero)
                await RestAsync(next, rest, cancellationToken);
        }
    }

    private async Task RestAsync(long next, TimeSpan rest, CancellationToken cancellationToken)
    {
        // In this order: whoever hurries either is seen here or ends the rest.
        if (_hurry.Task.IsCompleted)
            _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hurry = _hurry.Task;
        if (next >= Volatile.Read(ref _wantedNext))
            await await Task.WhenAny(Task.Delay(rest, time, cancellationToken), hurry);
    }

    [LoggerMessage(2101, LogLevel.Debug, "Partition {Partition} goes on after position {Position}.")]
    private partial void LogOpened(int partition, long position);

    [LoggerMessage(2102, LogLevel.Error, "Partition {Partition} failed; it starts again from its last commit in {Delay}.")]
    private partial void LogFailed(Exception failure, int partition, TimeSpan delay);

    [LoggerMessage(2103, LogLevel.Warning, "Partition {Partition} was taken over by another owner; this one stops.")]
    private partial void LogTakenOver(Exception stale, int partition);
}
