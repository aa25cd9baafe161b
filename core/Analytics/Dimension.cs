namespace ClickFuncs.Analytics;

/// <summary>What a query can group by and filter on (R31).</summary>
public enum Dimension
{
    /// <summary><c>campaign_id</c></summary>
    Campaign,

    /// <summary><c>ad_group_id</c></summary>
    AdGroup,

    /// <summary><c>ad_id</c></summary>
    Ad,

    /// <summary><c>creative_id</c></summary>
    Creative,

    /// <summary><c>device</c></summary>
    Device,

    /// <summary><c>country</c></summary>
    Country,

    /// <summary><c>reason</c>: why clicks are invalid; empty for all that is not</summary>
    Reason,
}
