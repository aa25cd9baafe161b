namespace ClickFuncs.Analytics;

/// <summary>Width of a point; points are aligned to UTC.</summary>
public enum Granularity
{
    /// <summary><c>1m</c></summary>
    Minute,

    /// <summary><c>1h</c></summary>
    Hour,

    /// <summary><c>1d</c></summary>
    Day,
}
