namespace ClickFuncs.Bench.Budgets;

/// <summary>What the host said of the budget at a moment.</summary>
/// <param name="State">Its state.</param>
/// <param name="Spent">Spent today, in micros.</param>
/// <param name="MicrosPerSecond">Velocity.</param>
/// <param name="AsOf">Up to when that is known.</param>
internal sealed record BudgetReading(string State, long Spent, long MicrosPerSecond, DateTimeOffset AsOf);
