using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>Deletes executions that ended long ago: at start and once a day.</summary>
internal sealed class RunRetention(IWorkflowJournal journal, WorkflowOptions options, TimeProvider time, RunnerLog log)
{
    // Small, so that a write of a run never waits long for it.
    private const int Batch = 100;
    private static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Rest, time);
        try
        {
            do
                await RunOnceAsync(cancellationToken);
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The runner stops; its next start begins with this.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = time.GetUtcNow() - options.RetainFor;
            int deleted, sum = 0;
            do
                sum += deleted = await journal.DeleteEndedAsync(before, Batch, cancellationToken);
            while (deleted == Batch);
            if (sum > 0)
                log.Retained(sum);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Only space is at stake; the next round tries again.
            log.RetentionFailed(failure, Rest);
        }
    }
}
