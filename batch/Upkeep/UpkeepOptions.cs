using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>When the tiers of the counts and what is kept are looked after. It changes cost, never a count.</summary>
public sealed record UpkeepOptions
{
    /// <summary>When minutes are summed up to hours and hours to days, in the five fields of crontab, UTC. Default 20 minutes past each hour:
    /// by then the allowed lateness of the hour before has passed.</summary>
    [Required]
    public string RollupSchedule { get; init; } = "20 * * * *";

    /// <summary>When what has served its time is deleted or moved, likewise. Default 03:40 every day: after the nightly close.</summary>
    [Required]
    public string RetentionSchedule { get; init; } = "40 3 * * *";
}
