namespace ClickFuncs.Functions.Workflows;

/// <summary>Input of the activity function: one try of one step. In Durable's history as JSON.</summary>
/// <param name="Activity">Name in the catalog.</param>
/// <param name="InstanceId">Id of the run.</param>
/// <param name="Execution">Which execution of that id.</param>
/// <param name="Step">Which step of it, from 0.</param>
/// <param name="Attempt">Which try, from 1.</param>
/// <param name="Input">The activity's input as JSON.</param>
public sealed record ActivityCall(string Activity, string InstanceId, int Execution, int Step, int Attempt, string Input);
