using System.Globalization;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// What a night does: closes the days before that events have come for since they were closed, then the day. One after the
/// other, oldest first: a copy belongs to the first day.
/// </summary>
public sealed class NightlyWorkflow(CloseOptions options) : Workflow<CloseRequest, IReadOnlyList<CloseOutcome>>
{
    /// <inheritdoc/>
    public override string Name => "nightly";

    /// <summary>Id of the run of a night, by the day it closes.</summary>
    public static string IdOf(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"night-{date:yyyy-MM-dd}");

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<CloseOutcome>> RunAsync(IWorkflowContext context, CloseRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        var close = new DayCloseWorkflow(options);
        var again = await context.CallAsync(CloseSteps.Reopened, new ReopenRequest(input.Date, options.ReopenDays));
        var outcomes = new List<CloseOutcome>();
        foreach (var date in again.Append(input.Date))
            outcomes.Add(await context.CallWorkflowAsync(close, DayCloseWorkflow.IdOf(date), new CloseRequest(date)));
        return outcomes;
    }
}
