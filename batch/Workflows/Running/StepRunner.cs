using System.Threading.Channels;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Batch.Workflows.Replay;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>
/// Makes the steps of one execution happen, side by side, and reports each to the execution's loop. Used by that loop alone.
/// </summary>
internal sealed class StepRunner : IAsyncDisposable
{
    private readonly ExecutionKey _execution;
    private readonly RunnerServices _services;
    private readonly CancellationTokenSource _cancelled;
    private readonly Dictionary<int, Task> _underWay = [];

    // Bounded by what it is for: each step under way reports once.
    private readonly Channel<StepReport> _reports = Channel.CreateUnbounded<StepReport>(new UnboundedChannelOptions { SingleReader = true });

    public StepRunner(ExecutionKey execution, RunnerServices services)
    {
        (_execution, _services) = (execution, services);
        _cancelled = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping);
    }

    /// <summary>Steps that have begun and whose report was not read.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Begins a step, unless the runner stops.</summary>
    /// <param name="step">Which.</param>
    /// <param name="attempt">Which try of it.</param>
    /// <param name="notBefore">When the try is due.</param>
    public void Begin(PendingStep step, int attempt, DateTimeOffset notBefore)
    {
        if (_services.Stopping.IsCancellationRequested)
            return;
        // On the pool: what an activity does before its first await must not hold up the loop.
        _underWay.Add(step.Scheduled.Step, Task.Run(() => RunAsync(step, attempt, notBefore)));
    }

    /// <summary>Tells the loop something; false once it has ended.</summary>
    public bool Tell(StepReport report) => _reports.Writer.TryWrite(report);

    /// <summary>The next report; the step it is about is no longer under way.</summary>
    public async Task<StepReport> NextAsync()
    {
        // Without a token: when the runner stops each step says so, and what has its answer by then is kept.
        var report = await _reports.Reader.ReadAsync(CancellationToken.None);
        var step = report switch
        {
            StepReport.Succeeded succeeded => succeeded.Step,
            StepReport.Failed failed => failed.Step,
            StepReport.PutAside aside => aside.Step,
            StepReport.Broken broken => broken.Step,
            _ => -1,
        };
        if (_underWay.Remove(step, out var task))
            await task;
        return report;
    }

    /// <summary>Tells all steps to stop and waits until they have.</summary>
    public async Task StopAsync()
    {
        await _cancelled.CancelAsync();
        await Task.WhenAll(_underWay.Values);
    }

    /// <summary>Stops all steps and takes no reports any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_reports.Writer.TryComplete())
            return;
        await StopAsync();
        while (_reports.Reader.TryRead(out var report))
        {
            if (report is StepReport.CancelAsked asked)
                asked.Recorded.TrySetResult(false);
        }

        _cancelled.Dispose();
    }

    // Never throws: whatever happens is reported.
    private async Task RunAsync(PendingStep step, int attempt, DateTimeOffset notBefore)
    {
        var number = step.Scheduled.Step;
        StepReport report;
        try
        {
            await DurableDelay.UntilAsync(notBefore, _services.Time, _cancelled.Token);
            report = step.Scheduled.Kind switch
            {
                JournalEntryKind.ActivityScheduled => await RunActivityAsync(step, attempt),
                JournalEntryKind.ChildScheduled => await RunChildAsync(step),
                _ => new StepReport.Succeeded(number, null),
            };
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            report = new StepReport.PutAside(number);
        }
        catch (Exception failure)
        {
            report = new StepReport.Broken(number, failure);
        }

        _reports.Writer.TryWrite(report);
    }

    private async Task<StepReport> RunActivityAsync(PendingStep step, int attempt)
    {
        var (number, name) = (step.Scheduled.Step, step.Scheduled.Name!);
        await _services.Slots.WaitAsync(_cancelled.Token);
        var started = _services.Time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var context = new ActivityContext(_execution.InstanceId, _execution.Execution, number, attempt, _cancelled.Token);
            var output = await _services.Catalog.RunActivityAsync(name, step.Scheduled.Body!, context);
            outcome = "completed";
            return new StepReport.Succeeded(number, output);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            outcome = "put_aside";
            throw;
        }
        catch (Exception failure)
        {
            var isFinal = attempt >= step.Retry.Attempts || failure is NonRetryableException;
            _services.Log.AttemptFailed(failure, name, number, _execution.InstanceId, attempt, step.Retry.Attempts);
            return new StepReport.Failed(number, attempt, FailureDetails.Of(failure), isFinal);
        }
        finally
        {
            _services.Slots.Release();
            WorkflowInstruments.RecordActivity(name, outcome, _services.Time.GetElapsedTime(started));
        }
    }

    private async Task<StepReport> RunChildAsync(PendingStep step)
    {
        var number = step.Scheduled.Step;
        var ended = await _services.Children.RunAsync(new ParentStep(_execution.InstanceId, _execution.Execution, number), step.Scheduled, _cancelled.Token);
        var failure = ended == null
            ? new FailureDetails("AlreadyRunning", "a run of that id which somebody else started is under way; wait for it or take another id.")
            : ended.Failure;
        return failure == null
            ? new StepReport.Succeeded(number, ended!.Output)
            : new StepReport.Failed(number, 1, failure, IsFinal: true);
    }
}
