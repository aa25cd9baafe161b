namespace ClickFuncs.Analytics.Overviews;

/// <summary>What the rows of a breakdown can be ordered by (R32).</summary>
public enum AnalyticsMetric
{
    /// <summary><c>impressions</c></summary>
    Impressions,

    /// <summary><c>clicks</c></summary>
    Clicks,

    /// <summary><c>raw_clicks</c></summary>
    RawClicks,

    /// <summary><c>conversions</c></summary>
    Conversions,

    /// <summary><c>total_spend</c></summary>
    Spend,

    /// <summary><c>ctr</c></summary>
    ClickThrough,

    /// <summary><c>cvr</c></summary>
    Conversion,

    /// <summary><c>cpc</c></summary>
    CostPerClick,

    /// <summary><c>duplicate_clicks</c></summary>
    DuplicateClicks,

    /// <summary><c>invalid_clicks</c></summary>
    InvalidClicks,

    /// <summary><c>over_budget_clicks</c></summary>
    OverBudgetClicks,
}
