using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Batch.Workflows;

/// <summary>How workflows are run on one machine.</summary>
public sealed class WorkflowOptions
{
    /// <summary>Activities that run at once, over all runs. Default 2: they share the machine with clicks, and one alone may keep
    /// a core and a good part of the memory busy.</summary>
    [Range(1, 64)]
    public int Parallelism { get; init; } = 2;

    /// <summary>How long an ended execution and its journal are kept. Default 400 days: a year of closes and a month to look at it.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan RetainFor { get; init; } = TimeSpan.FromDays(400);
}
