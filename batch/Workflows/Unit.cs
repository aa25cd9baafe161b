namespace ClickFuncs.Batch.Workflows;

/// <summary>Nothing: the input or answer of an activity or workflow that has none.</summary>
public readonly record struct Unit;
