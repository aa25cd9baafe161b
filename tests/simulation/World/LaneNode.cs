using ClickFuncs.Budgets;
using ClickFuncs.Local.Budgets;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Velocity;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>The second stage in a process: the real keepers of budgets and flags, with the network between them and everything else.</summary>
internal static class LaneNode
{
    public static VelocityOptions Velocity { get; } = new() { Threshold = 3, Window = TimeSpan.FromSeconds(10), MemoryBytes = 1 << 20 };

    private static readonly BudgetOptions Budgets = new()
    {
        MaxStaleness = TimeSpan.FromSeconds(30),
        MinReportInterval = TimeSpan.FromSeconds(2),
        MaxReportInterval = TimeSpan.FromSeconds(5),
    };

    public static void Start(Pipeline world, SimulatedProcess process)
    {
        var source = new SpendSource(
            RemotePort.For<ILogReader>(world.Reports, world.Network, process),
            RemotePort.For<ILogReader>(world.Log, world.Network, process),
            partition => world.State.Heads.TryGetValue(partition, out var head) ? head.PublishedPosition : -1,
            isAllLogged: () => true);
        var keeper = new BudgetKeeper(
            source,
            RemotePort.For<ISpendStore>(world.Spend, world.Network, process),
            RemotePort.For<IBudgetStore>(world.Spend.Inner, world.Network, process),
            new BudgetBoard(), Budgets, process.Clock, NullLogger<BudgetKeeper>.Instance);
        process.Start(() => keeper.RunAsync(CancellationToken.None));
        var velocity = new VelocityKeeper(
            RemotePort.For<ILogReader>(world.Signals, world.Network, process),
            RemotePort.For<IFlagStore>(world.Flags, world.Network, process),
            new FlagBoard(Velocity.MaxFlags), Velocity, process.Clock, NullLogger<VelocityKeeper>.Instance);
        process.Start(() => velocity.RunAsync(CancellationToken.None));
    }
}
