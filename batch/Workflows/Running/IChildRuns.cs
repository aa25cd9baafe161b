using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>The runs that workflows call.</summary>
internal interface IChildRuns
{
    /// <summary>Starts the run of a step, or finds the one it started before a crash, and waits for its end.</summary>
    /// <returns>How it ended; null if a run of that id which somebody else started is under way.</returns>
    Task<WorkflowStatus?> RunAsync(ParentStep parent, JournalEntry scheduled, CancellationToken cancellationToken);

    /// <summary>Cancels the run that a step started, if there is one that has not ended, and waits for its end.</summary>
    Task CancelAsync(ParentStep parent, string reason);
}
