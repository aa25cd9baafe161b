namespace ClickFuncs.Api.Analytics;

/// <summary>Counts of one currency. Clicks are billed ones; raw clicks are these and the three kinds that are not billed.</summary>
public record CountsAnswer
{
    /// <summary>Impressions, each once.</summary>
    public long Impressions { get; init; }

    /// <summary>Billed clicks: each once, neither invalid nor over budget.</summary>
    public long Clicks { get; init; }

    /// <summary>Clicks as they came.</summary>
    public long RawClicks { get; init; }

    /// <summary>Repeats of clicks.</summary>
    public long DuplicateClicks { get; init; }

    /// <summary>Clicks judged invalid, each once.</summary>
    public long InvalidClicks { get; init; }

    /// <summary>Clicks over budget that are not invalid, each once.</summary>
    public long OverBudgetClicks { get; init; }

    /// <summary>Conversions, each once.</summary>
    public long Conversions { get; init; }

    /// <summary>Cost of the clicks in units of the currency, exact.</summary>
    public decimal TotalSpend { get; init; }

    /// <summary>ISO 4217 code; empty where nothing has one.</summary>
    public required string Currency { get; init; }

    /// <summary>Clicks per impression; null without impressions.</summary>
    public decimal? Ctr { get; init; }

    /// <summary>Conversions per click; null without clicks.</summary>
    public decimal? Cvr { get; init; }

    /// <summary>Spend per click; null without clicks.</summary>
    public decimal? Cpc { get; init; }
}

/// <summary>Counts, of a group if there is one.</summary>
public record GroupAnswer : CountsAnswer
{
    /// <summary>final if every hour was recounted, else live.</summary>
    public required string Accuracy { get; init; }

    /// <summary>The campaign, if grouped by it; empty is unknown, as for all dimensions.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The ad group, if grouped by it.</summary>
    public string? AdGroupId { get; init; }

    /// <summary>The ad, if grouped by it.</summary>
    public string? AdId { get; init; }

    /// <summary>The creative, if grouped by it.</summary>
    public string? CreativeId { get; init; }

    /// <summary>The device, if grouped by it.</summary>
    public string? Device { get; init; }

    /// <summary>The country, if grouped by it.</summary>
    public string? Country { get; init; }

    /// <summary>Why clicks are invalid, if grouped by it.</summary>
    public string? Reason { get; init; }
}

/// <summary>A point of a series.</summary>
public sealed record PointAnswer : GroupAnswer
{
    /// <summary>Its start, seconds since 1970.</summary>
    public required long Timestamp { get; init; }
}

/// <summary>A row of the table.</summary>
public sealed record BreakdownRowAnswer : GroupAnswer
{
    /// <summary>Clicks in equal steps from the start of the range on.</summary>
    public required IReadOnlyList<long> Trend { get; init; }
}
