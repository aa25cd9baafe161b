using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>
/// Keeps one execution going: if its journal fails, it is begun again from what the journal has, after a growing rest, for as
/// long as the runner runs. Only another owner of the journal ends it early.
/// </summary>
internal sealed class LiveRun(WorkflowRun run, RunnerServices services, Func<JournalConflictException, Task> takenOver) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    // Those who wait go on elsewhere, not in the middle of ending this.
    private readonly TaskCompletionSource<WorkflowStatus?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // There from the first moment, so that it can be told to end before it has begun.
    private volatile WorkflowExecution _execution = new(run, services);

    /// <summary>How it ended; null if it was put aside because the runner stops.</summary>
    public Task<WorkflowStatus?> Ended => _ended.Task;

    /// <summary>Runs it.</summary>
    public async Task RunAsync()
    {
        WorkflowStatus? status = null;
        try
        {
            for (var rest = FirstRest; !await TryRunAsync(rest); rest = rest * 2 < LongestRest ? rest * 2 : LongestRest)
                await Task.Delay(rest, services.Time, services.Stopping);
        }
        catch (OperationCanceledException) when (services.Stopping.IsCancellationRequested)
        {
            // The runner stops; its next start resumes this.
        }
        finally
        {
            await DisposeAsync();
            _ended.TrySetResult(status);
        }

        async Task<bool> TryRunAsync(TimeSpan rest)
        {
            var execution = _execution;
            try
            {
                status = await execution.RunAsync();
                return true;
            }
            catch (Exception failure) when ((failure as JournalConflictException ?? failure.InnerException as JournalConflictException) is { } conflict)
            {
                await takenOver(conflict);
                return true;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !services.Stopping.IsCancellationRequested)
            {
                services.Log.JournalFailed(failure, run.Status.InstanceId, rest);
                _execution = new WorkflowExecution(run, services);
                await execution.DisposeAsync();
                return false;
            }
        }
    }

    /// <inheritdoc cref="WorkflowExecution.CancelAsync(string)"/>
    public Task<bool> CancelAsync(string reason) => _execution.CancelAsync(reason);

    /// <summary>Stops what is under way; <see cref="RunAsync"/> does it when it ends.</summary>
    public ValueTask DisposeAsync() => _execution.DisposeAsync();
}
