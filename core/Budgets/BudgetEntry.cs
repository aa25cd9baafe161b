using System.Text;

namespace ClickFuncs.Budgets;

/// <summary>A campaign with a budget, as of one decision.</summary>
public sealed class BudgetEntry
{
    private readonly byte[] _id;

    /// <summary>Makes an entry.</summary>
    /// <param name="stored">The budget.</param>
    /// <param name="figures">What was known.</param>
    /// <param name="decision">What was decided of it.</param>
    /// <param name="sinceMs">Since when state and reason are these, milliseconds since the Unix epoch.</param>
    public BudgetEntry(StoredBudget stored, in BudgetFigures figures, in BudgetDecision decision, long sinceMs)
    {
        ArgumentNullException.ThrowIfNull(stored);
        _id = Encoding.UTF8.GetBytes(stored.Budget.CampaignId);
        (Stored, Figures, Decision, SinceMs) = (stored, figures, decision, sinceMs);
    }

    /// <summary>The campaign's id in UTF-8.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>The budget.</summary>
    public StoredBudget Stored { get; }

    /// <summary>What was known when it was decided.</summary>
    public BudgetFigures Figures { get; }

    /// <summary>What was decided.</summary>
    public BudgetDecision Decision { get; }

    /// <summary>Since when state and reason are these, milliseconds since the Unix epoch.</summary>
    public long SinceMs { get; }

    /// <summary>Whether a click at this time is over budget: not billed, and not to be served any more.</summary>
    public bool IsBlocked(long nowMs) => !Decision.IsOpen || nowMs >= Decision.OpenUntilMs;

    /// <summary>The entry as of now: one whose trust has run out is held back.</summary>
    /// <param name="nowMs">The time, milliseconds since the Unix epoch.</param>
    /// <param name="options">The limits.</param>
    public BudgetEntry At(long nowMs, BudgetOptions options)
    {
        var figures = Figures with { NowMs = nowMs };
        var atRisk = MoneyAtRisk.Of(Figures.MicrosPerSecond, figures.StalenessMs);
        if (!Decision.IsOpen || nowMs < Decision.OpenUntilMs)
            return new BudgetEntry(Stored, figures, Decision with { AtRiskMicros = atRisk }, SinceMs);
        // The amounts of a day that is over say nothing of the new one; what keeps it shut is their age.
        var decided = BudgetDecisionRule.Decide(Stored.Budget, figures, options);
        var reason = decided.Reason is BudgetReason.Ended or BudgetReason.SpendUnknown ? decided.Reason : BudgetReason.MoneyAtRisk;
        return new BudgetEntry(Stored, figures, decided with { State = BudgetState.Held, Reason = reason, AtRiskMicros = atRisk }, Decision.OpenUntilMs);
    }
}
