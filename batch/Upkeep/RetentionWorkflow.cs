using System.Globalization;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>
/// Gives up what has served its time: minutes and hours that coarser rows stand for, old days to the lake (R34), results of backfills that
/// nobody decided on, and capture files by policy (R9). No total changes.
/// </summary>
public sealed class RetentionWorkflow : Workflow<UpkeepRequest, RetentionOutcome>
{
    /// <inheritdoc/>
    public override string Name => "retention";

    /// <summary>Id of the run of a day.</summary>
    public static string IdOf(DateTimeOffset due) => string.Create(CultureInfo.InvariantCulture, $"retention-{due.UtcDateTime:yyyy-MM-dd}");

    /// <inheritdoc/>
    public override async Task<RetentionOutcome> RunAsync(IWorkflowContext context, UpkeepRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        // Before the tiers: while anything is staged no month of old days moves to the lake.
        var backfills = await context.CallAsync(BackfillSteps.Expire, DateOnly.FromDateTime(context.Now.UtcDateTime));
        var tiers = await context.CallWhileMoreAsync(UpkeepSteps.Retain, input);
        var heldBack = await context.CallAsync(UpkeepSteps.Retire, context.Now);
        var archive = await context.CallWhileMoreAsync(UpkeepSteps.DeleteCaptures, input);
        return new RetentionOutcome(tiers, backfills, archive, heldBack);
    }
}

/// <summary>What retention came to.</summary>
/// <param name="Tiers">Minutes, hours and days.</param>
/// <param name="Backfills">Results of backfills that were thrown away.</param>
/// <param name="Archive">Capture files.</param>
/// <param name="HeldBack">Why capture files stay that are old enough; null if none does.</param>
public sealed record RetentionOutcome(UpkeepOutcome Tiers, int Backfills, UpkeepOutcome Archive, string? HeldBack);
