using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Local.Quarantine;

/// <summary>How long events that no window counts are kept beside the state. The archive keeps them longer.</summary>
internal sealed class QuarantineOptions
{
    /// <summary>Late and quarantined events are deleted this long after they came. Default 90 days: three closes of a month.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan RetainFor { get; init; } = TimeSpan.FromDays(90);
}
