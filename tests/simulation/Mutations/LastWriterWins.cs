using ClickFuncs.Simulation.Tests.World;
using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The upsert is not idempotent: rows that come again, or too late, replace what is there whatever their version.</summary>
internal sealed class LastWriterWins : Mutation
{
    public override RowTable NewTable() => new Table();

    private sealed class Table : RowTable
    {
        protected override void Upsert((int Partition, long StartMs, DimensionKey Key) id, long version, in WindowMetrics metrics) =>
            Rows[id] = (version, metrics);
    }
}
