using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Local.Hosting;

/// <summary>How often the housekeeping of a running host is done.</summary>
internal sealed class MaintenanceOptions
{
    /// <summary>Time between two rounds of compaction of published rows and retention of logs. Default 30 s: it bounds how many versions of a
    /// row a query has to look at.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);
}
