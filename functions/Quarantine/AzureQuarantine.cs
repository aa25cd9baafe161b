using ClickFuncs.Quarantine;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Quarantine;

/// <summary>
/// The quarantine on Azure: what no window counts is listed from the partitions' state. There is no replay. On one machine the log's blocks carry a tag by
/// which a crash between sending and noting is made up for; Event Hubs have none, and a click that may be sent twice must not be.
/// </summary>
/// <param name="state">Where side outputs are.</param>
/// <param name="partitions">How many partitions there are.</param>
public sealed class AzureQuarantine(IPartitionStateStore state, int partitions) : IQuarantine
{
    private readonly SideOutputPages _pages = new(state, partitions);

    /// <inheritdoc/>
    public ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken) =>
        _pages.ListAsync(query, (_, _) => false, cancellationToken);

    /// <inheritdoc/>
    public Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Quarantined events are not sent again on Azure. List them, and mend what sent them.");
}
