using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Api.Tests.Finance;

/// <summary>A staging area that takes nothing before it is released, so that a backfill is under way for as long as a test wants.</summary>
internal sealed class HeldStaging(IAnalyticsStaging inner) : IAnalyticsStaging, IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once something is to be staged.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    public async ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
        await inner.StageAsync(area, sets, cancellationToken);
    }

    public IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken) =>
        inner.CompareAsync(area, fromMs, toMs, cancellationToken);

    public ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken) => inner.ApplyAsync(area, fromMs, toMs, cancellationToken);

    public ValueTask DiscardAsync(string area, CancellationToken cancellationToken) => inner.DiscardAsync(area, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken) => inner.ListAreasAsync(cancellationToken);

    public void Dispose() => Release();
}
