using System.Globalization;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Close;

/// <summary>Compacts what was archived since the hour before, and clears what crashed compactions left.</summary>
public sealed class HourlyWorkflow : Workflow<CloseRequest, int>
{
    /// <inheritdoc/>
    public override string Name => "hourly";

    /// <summary>Id of the run of an hour.</summary>
    public static string IdOf(DateTimeOffset due) => string.Create(CultureInfo.InvariantCulture, $"hour-{due.UtcDateTime:yyyy-MM-dd'T'HH}");

    /// <inheritdoc/>
    public override async Task<int> RunAsync(IWorkflowContext context, CloseRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        var parts = await context.CallAsync(CloseSteps.Compact, input.Date);
        await context.CallAsync(CloseSteps.Sweep, input.Date);
        return parts;
    }
}
