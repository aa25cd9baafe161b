using System.ComponentModel.DataAnnotations;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Velocity;

/// <summary>
/// The rules on how fast one address or one user may click one ad (R19). docs/decisions/0016 says what they cost and what they give up.
/// A change holds for clicks from then on.
/// </summary>
public sealed class VelocityOptions : IValidatableObject
{
    /// <summary>Clicks within <see cref="Window"/> that are still allowed. Default 30: nobody clicks one ad that often by hand.</summary>
    [Range(1, 1_000_000)]
    public int Threshold { get; init; } = 30;

    /// <summary>Length of the sliding window, in event time. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the window slides by: clicks of the same step count as simultaneous. Default 1 s; at most 256 steps make a window.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Resolution { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a breach marks later clicks. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "23:00:00")]
    public TimeSpan Cooling { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much older than the newest click one may be and still count. Default 2 minutes; what comes later is left to the night.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most bytes that counting takes, whatever comes. Default 192 MiB. Beyond it counting starts late for new identities, and never counts too much.</summary>
    [Range(32L << 20, 64L << 30)]
    public long MemoryBytes { get; init; } = 192L << 20;

    /// <summary>Most identities flagged at a time; more are counted and not flagged. Default 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxFlags { get; init; } = 1_000_000;

    /// <summary>What a flagged address's clicks on the ad become. Default invalid.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect Ips { get; init; } = RuleEffect.Invalid;

    /// <summary>What a flagged user's clicks on the ad become. Default invalid.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect Users { get; init; } = RuleEffect.Invalid;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Resolution > TimeSpan.Zero && (Window.Ticks % Resolution.Ticks != 0 || Window.Ticks / Resolution.Ticks > 256))
            yield return new ValidationResult("Window must be 1 to 256 times Resolution.");
        if (Cooling < Window + Lateness)
            yield return new ValidationResult("Cooling must not be shorter than Window and Lateness together.");
    }
}
