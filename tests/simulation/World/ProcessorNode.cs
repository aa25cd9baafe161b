using ClickFuncs.Analytics;
using ClickFuncs.Local.Budgets;
using ClickFuncs.Local.Velocity;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.State;
using ClickFuncs.Velocity;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>A process that counts some partitions: the real workers and publisher, with the network between them and everything else.</summary>
internal sealed class ProcessorNode
{
    private readonly ILogReader _log;
    private readonly IPartitionStateStore _state;
    private readonly IRowPublisher _publisher;
    private readonly ProcessorOptions _processing;
    private readonly StreamOptions _stream;
    private readonly SignalCollector _collector;

    public ProcessorNode(Pipeline world, SimulatedProcess process)
    {
        Process = process;
        _log = RemotePort.For<ILogReader>(world.Log, world.Network, process);
        _state = RemotePort.For(world.Mutation.OnState(world.State), world.Network, process);
        (_processing, _stream) = (world.Processing, world.Stream);
        var publisher = new RowPublisher(
            RemotePort.For<IAnalyticsStore>(world.Table, world.Network, process), _stream, process.Clock, NullLogger<RowPublisher>.Instance);
        var spend = new SpendPublisher(new RemoteClickLog(world.Reports, world.Network, process), publisher);
        _publisher = world.Mutation.OnPublisher(new SignalPublisher(new RemoteClickLog(world.Signals, world.Network, process), spend));
        _collector = world.Collector;
        process.Start(() => publisher.RunAsync(CancellationToken.None));
    }

    public SimulatedProcess Process { get; }

    /// <summary>The partitions this process was last told to count; it may have lost them since.</summary>
    public HashSet<int> Partitions { get; } = [];

    /// <summary>Takes a partition over, from whoever has it.</summary>
    public void Take(int partition)
    {
        Partitions.Add(partition);
        var worker = new PartitionWorker(
            partition, Process.Name, _log, _state, _publisher, _processing, _stream, Process.Clock, NullLogger<PartitionWorker>.Instance,
            _collector);
        Process.Start(async () =>
        {
            await worker.RunAsync(CancellationToken.None);
            Partitions.Remove(partition);
        });
    }
}
