using ClickFuncs.Analytics;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>Does the steps of <see cref="RollupWorkflow"/> and <see cref="RetentionWorkflow"/> on the stores of a host.</summary>
/// <param name="tiers">The counts.</param>
/// <param name="archive">What becomes of old capture files.</param>
/// <param name="allowedLateness">The stream's: how long after a window it may still be corrected.</param>
public sealed class UpkeepActivities(IAnalyticsTiers tiers, ArchiveRetirement archive, TimeSpan allowedLateness)
{
    /// <summary>Adds the workflows and their activities to a catalog that has those of backfills.</summary>
    public void Bind(WorkflowCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog.Add(new RollupWorkflow()).Add(new RetentionWorkflow())
            .Bind(UpkeepSteps.Through, (_, step) => ThroughAsync(step.CancellationToken))
            .Bind(UpkeepSteps.RollUp, async (through, step) => await tiers.RollUpNextAsync(through, step.CancellationToken))
            .Bind(UpkeepSteps.Retain, async (_, step) => await tiers.RetainNextAsync(allowedLateness, step.CancellationToken))
            .Bind(UpkeepSteps.Retire, (now, step) => archive.DecideAsync(now, step.CancellationToken))
            .Bind(UpkeepSteps.DeleteCaptures, (_, step) => archive.DeleteNextAsync(step.CancellationToken));
    }

    // The furthest partition decides: corrections by one that lags behind are summed up again. The store knows it, the stream does not yet
    // know it when a run is resumed at the start of a host.
    private async Task<long?> ThroughAsync(CancellationToken cancellationToken) =>
        await tiers.FindNewestWatermarkAsync(cancellationToken) - (long)allowedLateness.TotalMilliseconds;
}
