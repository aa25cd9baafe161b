using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Freshness;

/// <summary>How freshness is measured.</summary>
public sealed record FreshnessOptions
{
    /// <summary>Whether probe clicks are sent. Default true. Without them there is no metric of freshness and no alert on it.</summary>
    public bool Probes { get; init; } = true;

    /// <summary>Time between two probes. Default 10 s: a stall is noticed within it, at the cost of one click.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two looks whether a probe is visible. Default 100 ms: it is the error of the measurement.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A probe that is not visible after this time is given up, and another is sent. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);
}
