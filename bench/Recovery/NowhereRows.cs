using ClickFuncs.Processing;
using ClickFuncs.Windows;

namespace ClickFuncs.Bench.Recovery;

/// <summary>Takes rows and shows them to nobody.</summary>
internal sealed class NowhereRows : IRowPublisher
{
    /// <inheritdoc/>
    public Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken) => Task.CompletedTask;
}
