namespace ClickFuncs.Budgets;

/// <summary>Whether a campaign may be served, and until when that holds without news.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">Why.</param>
/// <param name="OpenUntilMs">A campaign that is served is held back from this time on, unless a newer decision says otherwise: trust runs out
/// by itself. Milliseconds since the Unix epoch; meaningless when it is not served.</param>
/// <param name="RemainingMicros">What is left of the day's or the total money, whichever is less; never negative.</param>
/// <param name="AtRiskMicros">Velocity times staleness.</param>
/// <param name="ReportIntervalMs">How often it wants its spend reported, in milliseconds.</param>
public readonly record struct BudgetDecision(
    BudgetState State, BudgetReason Reason, long OpenUntilMs, long RemainingMicros, long AtRiskMicros, long ReportIntervalMs)
{
    /// <summary>Whether it may be served as long as the decision holds.</summary>
    public bool IsOpen => State is BudgetState.Active or BudgetState.Pacing;
}
