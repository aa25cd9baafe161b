using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>Appending to a second-stage log over the network; by hand, since a span can't go through a proxy.</summary>
internal sealed class RemoteClickLog(SecondStageLog log, Network network, SimulatedProcess caller) : IClickLog
{
    /// <inheritdoc/>
    public int PartitionCount => 1;

    /// <inheritdoc/>
    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken) =>
        AppendAsync(record.ToArray());

    private async ValueTask<LogPosition> AppendAsync(byte[] record)
    {
        await network.CrossAsync(caller);
        log.Append(record);
        await network.CrossAsync(caller);
        return new LogPosition(0, -1);
    }
}
