using System.Threading.Channels;
using ClickFuncs.Analytics;
using ClickFuncs.Telemetry;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Processing;

/// <summary>
/// Publishes the rows of all partitions of a process through one writer: whatever is committed while one publish runs
/// goes out together in the next. A failing store is tried again until it takes the rows; meanwhile the partitions stop
/// after their second unpublished unit, so nothing piles up.
/// </summary>
public sealed partial class RowPublisher : IRowPublisher
{
    private readonly IAnalyticsStore _store;
    private readonly StreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RowPublisher> _logger;
    private readonly Channel<Pending> _queue;
    private volatile Exception? _failure;

    /// <summary>A publisher that does nothing until <see cref="RunAsync"/> runs.</summary>
    public RowPublisher(IAnalyticsStore store, StreamOptions options, TimeProvider time, ILogger<RowPublisher> logger)
    {
        (_store, _options, _time, _logger) = (store, options, time, logger);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(1024) { SingleReader = true });
    }

    /// <summary>What publishing is failing with now; null while it works.</summary>
    public Exception? Failure => _failure;

    /// <inheritdoc/>
    public async Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var pending = new Pending(rows, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        await pending.Done.Task;
    }

    /// <summary>Publishes until cancelled. Whoever still waits then is cancelled too: the outbox publishes the rows after the next start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var taken = new List<Pending>();
        try
        {
            var last = long.MinValue;
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                TakeInto(taken);
                if (last != long.MinValue)
                    await GatherAsync(taken, _options.PublishInterval - _time.GetElapsedTime(last), cancellationToken);
                last = _time.GetTimestamp();
                await PublishWithRetryAsync([.. taken.Select(p => p.Rows)], cancellationToken);
                foreach (var pending in taken)
                    pending.Done.SetResult();
                taken.Clear();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _queue.Writer.Complete();
            TakeInto(taken);
            foreach (var pending in taken)
                pending.Done.SetCanceled(cancellationToken);
        }
    }

    private void TakeInto(List<Pending> taken)
    {
        while (_queue.Reader.TryRead(out var pending))
            taken.Add(pending);
    }

    /// <summary>Lets the rows of other partitions join, for a while or until there are many.</summary>
    private async Task GatherAsync(List<Pending> taken, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero || taken.Sum(p => p.Rows.Count) >= _options.EagerRows)
            return;
        await Task.Delay(wait, _time, cancellationToken);
        TakeInto(taken);
    }

    private async Task PublishWithRetryAsync(IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var started = _time.GetTimestamp();
                await _store.PublishAsync(sets, _time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
                Instruments.PublishDuration.Record(_time.GetElapsedTime(started).TotalSeconds);
                Instruments.RowsPublished.Add(sets.Sum(s => (long)s.Count));
                _failure = null;
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // Nothing to skip and nothing to drop: the rows are committed, so they go out as soon as the store takes them.
                _failure = failure;
                var delay = _options.DelayBefore(attempt);
                LogPublishFailed(failure, sets.Count, attempt + 1, delay);
                await Task.Delay(delay, _time, cancellationToken);
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Publishing the rows of {Sets} commits failed (attempt {Attempt}); trying again in {Delay}.")]
    private partial void LogPublishFailed(Exception failure, int sets, int attempt, TimeSpan delay);

    private sealed record Pending(WindowRowSet Rows, TaskCompletionSource Done);
}
