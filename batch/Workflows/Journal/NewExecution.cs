namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>An execution to begin.</summary>
/// <param name="InstanceId">Id of the run.</param>
/// <param name="Workflow">Name of the workflow.</param>
/// <param name="Input">Its input as JSON.</param>
/// <param name="At">When, in whole milliseconds.</param>
/// <param name="Policy">Whether it may follow one that has ended.</param>
/// <param name="Parent">Which step starts it; null if a person or schedule does.</param>
public sealed record NewExecution(string InstanceId, string Workflow, string Input, DateTimeOffset At, StartPolicy Policy, ParentStep? Parent);
