using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>Work that is done in steps, of which nobody knows beforehand how many there are.</summary>
internal static class StepByStep
{
    // A journal has room for 10,000. Ten years that were imported at once take three runs.
    private const int MaxSteps = 4000;

    /// <summary>Repeats an activity while it says that there may be more.</summary>
    public static async Task<UpkeepOutcome> CallWhileMoreAsync<T>(this IWorkflowContext context, Activity<T, bool> step, T input)
    {
        for (var steps = 1; steps <= MaxSteps; steps++)
        {
            if (!await context.CallAsync(step, input))
                return new UpkeepOutcome(steps, IsDone: true);
        }

        return new UpkeepOutcome(MaxSteps, IsDone: false);
    }
}

/// <summary>What a run of rollup or of a part of retention came to.</summary>
/// <param name="Steps">Steps it took, the last of which found nothing more to do.</param>
/// <param name="IsDone">Whether all that was due is done; if not, the next run goes on.</param>
public sealed record UpkeepOutcome(int Steps, bool IsDone);
