namespace ClickFuncs.Functions.Workflows;

/// <summary>Input of the orchestration: which workflow it runs. In Durable's history as JSON.</summary>
/// <param name="Workflow">Name in the catalog.</param>
/// <param name="Execution">Which execution of the id, from 1. Durable keeps one history per id, so the count goes with the input.</param>
/// <param name="Input">The workflow's input as JSON.</param>
public sealed record WorkflowStart(string Workflow, int Execution, string Input);
