namespace ClickFuncs.Budgets;

/// <summary>Whether a campaign may be served.</summary>
public enum BudgetState
{
    /// <summary>Served.</summary>
    Active,

    /// <summary>Served, and watched more closely: at its velocity the rest of the money, or a cap, is near.</summary>
    Pacing,

    /// <summary>Not served for now: what was spent is not known well enough, or the campaign is not to run today.</summary>
    Held,

    /// <summary>Not served: the money is spent.</summary>
    Exhausted,
}
