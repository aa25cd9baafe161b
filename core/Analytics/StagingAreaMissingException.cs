namespace ClickFuncs.Analytics;

/// <summary>There is no staging area of that name: nothing was staged under it, or it was applied to another range, or discarded.</summary>
public sealed class StagingAreaMissingException(string area)
    : InvalidOperationException($"There is no staging area '{area}'. Run the backfill again, or name one that is listed.");
