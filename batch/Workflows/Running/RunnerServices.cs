using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>What all executions of a runner share.</summary>
/// <param name="Catalog">The workflows and activities.</param>
/// <param name="Journal">Where everything is written.</param>
/// <param name="Time">The clock.</param>
/// <param name="Slots">One for each activity that may run at once.</param>
/// <param name="Children">Starts the runs that workflows call.</param>
/// <param name="Log">Where it logs.</param>
/// <param name="Stopping">Cancelled when the runner stops.</param>
internal sealed record RunnerServices(
    WorkflowCatalog Catalog, IWorkflowJournal Journal, TimeProvider Time, SemaphoreSlim Slots, IChildRuns Children, RunnerLog Log,
    CancellationToken Stopping)
{
    /// <summary>Now, as journals keep it: in whole milliseconds.</summary>
    public DateTimeOffset Now => JournalTime.Of(Time);
}
