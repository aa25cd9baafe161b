namespace ClickFuncs.Budgets;

/// <summary>Why a campaign is in its <see cref="BudgetState"/>.</summary>
public enum BudgetReason
{
    /// <summary>Nothing stands against it.</summary>
    None,

    /// <summary>At its velocity the money, or a cap on what is at risk, lasts for less than the limit of staleness.</summary>
    NearLimit,

    /// <summary>Spend is unknown for longer than the limit.</summary>
    SpendUnknown,

    /// <summary>What may have been spent unseen exceeds the rest of the money or a cap.</summary>
    MoneyAtRisk,

    /// <summary>It was billed in a currency that is not the budget's.</summary>
    OtherCurrency,

    /// <summary>Its first day is still to come.</summary>
    NotStarted,

    /// <summary>Its last day is over.</summary>
    Ended,

    /// <summary>The day's money is spent.</summary>
    DailySpent,

    /// <summary>All money is spent.</summary>
    TotalSpent,
}
