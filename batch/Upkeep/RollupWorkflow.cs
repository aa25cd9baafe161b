using System.Globalization;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>Sums minutes up to hours and hours to days (R34), a day's worth at a step. No answer changes by it, only what it costs.</summary>
public sealed class RollupWorkflow : Workflow<UpkeepRequest, UpkeepOutcome>
{
    /// <inheritdoc/>
    public override string Name => "rollup";

    /// <summary>Id of the run of an hour.</summary>
    public static string IdOf(DateTimeOffset due) => string.Create(CultureInfo.InvariantCulture, $"rollup-{due.UtcDateTime:yyyy-MM-dd'T'HH}");

    /// <inheritdoc/>
    public override async Task<UpkeepOutcome> RunAsync(IWorkflowContext context, UpkeepRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Asked once: the stream goes on, and what ends meanwhile is the next run's.
        return await context.CallAsync(UpkeepSteps.Through, input) is { } through
            ? await context.CallWhileMoreAsync(UpkeepSteps.RollUp, through)
            : new UpkeepOutcome(Steps: 0, IsDone: true);
    }
}
