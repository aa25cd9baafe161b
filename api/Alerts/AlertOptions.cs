using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Api.Alerts;

/// <summary>How alerts are evaluated. What they are is not configured: see docs/operations.md.</summary>
public sealed class AlertOptions
{
    /// <summary>Time between two evaluations. Default 5 s: the soonest that anybody hears of one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);
}
