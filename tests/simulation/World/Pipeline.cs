using ClickFuncs.Processing;
using ClickFuncs.Simulation.Tests.Disk;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// A world of its own: people who click, a log on a failing disk, processes that count and are killed, stopped and robbed of their partitions, a
/// state store and a table of rows behind a bad network. First everything goes wrong, then nothing any more, and then the numbers must be right.
/// </summary>
internal sealed class Pipeline : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private readonly string _directory;
    private readonly List<ProcessorNode> _nodes = [];
    private int _incarnation;

    public Pipeline(int seed, Mutation mutation)
    {
        (Seed, Mutation) = (seed, mutation);
        Scheduler = new SeededScheduler(seed);
        Network = new Network(Scheduler);
        // Memory if there is some: the faults are simulated, so nothing is gained from a real disk.
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _directory = Path.Combine(root, FormattableString.Invariant($"clickfuncs-simulation-{Environment.ProcessId}-{Guid.NewGuid():N}"));
        var disk = new FaultyDisk(Scheduler.Random) { LiesAboutSync = mutation.DiskLies };
        Log = new LogService(Scheduler, Network, disk, _directory, 1 + Scheduler.Random.Next(3)) { BeforeOpening = mutation.BeforeLogOpens };
        State = new InMemoryPartitionStateStore { IsFenced = !mutation.IsUnfenced };
        Table = mutation.NewTable();
        Traffic = new Traffic(Scheduler, Log);
        Stream = new StreamOptions
        {
            MaxBatchBytes = 200 << Scheduler.Random.Next(6),
            SnapshotBytes = 1024 << Scheduler.Random.Next(5),
            CommitInterval = TimeSpan.FromMilliseconds(Scheduler.Random.Next(300)),
            PublishInterval = TimeSpan.FromMilliseconds(Scheduler.Random.Next(600)),
        };
        Processing = new ProcessorOptions
        {
            AllowedLateness = TimeSpan.FromMinutes(Scheduler.Random.Next(1, 15)),
            DedupHorizon = TimeSpan.FromHours(1 + Scheduler.Random.Next(24)),
        };
    }

    public int Seed { get; }

    public Mutation Mutation { get; }

    public SeededScheduler Scheduler { get; }

    public Network Network { get; }

    public LogService Log { get; }

    public InMemoryPartitionStateStore State { get; }

    public RowTable Table { get; }

    public Traffic Traffic { get; }

    public ProcessorOptions Processing { get; }

    public StreamOptions Stream { get; }

    /// <summary>Runs the world to its end: everything that was sent is sent, everything on the log is counted and published.</summary>
    public async Task RunAsync()
    {
        Log.Disk.PowerLossOneIn = 400;
        Log.Start();
        Traffic.Start(senders: 1 + Scheduler.Random.Next(4), eventsEach: 10 + Scheduler.Random.Next(40));
        var fate = new SimulatedProcess(Scheduler, "fate");
        fate.Start(() => RuleAsync(fate));
        Require(Scheduler.RunUntil(() => Traffic.IsOver, Scheduler.Now + Patience), "the senders never ended");

        Heal();
        Require(Scheduler.RunUntil(IsEverythingPublished, Scheduler.Now + Patience), "something on the log was never counted and published");
        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Fails, naming the seed.</summary>
    public void Require(bool holds, string what)
    {
        if (!holds)
            throw new BrokenInvariantException(FormattableString.Invariant($"Seed {Seed}, after {Scheduler.Now} and {Scheduler.Steps} steps: {what}."));
    }

    private async Task RuleAsync(SimulatedProcess fate)
    {
        for (var i = 0; i < 2; i++)
            AddNode();
        for (var partition = 0; partition < Log.PartitionCount; partition++)
            AnyNode().Take(partition);
        while (Network.IsFaulty)
        {
            await fate.DelayAsync(TimeSpan.FromMilliseconds(Scheduler.Random.Next(2500)));
            if (Network.IsFaulty)
                Interfere();
        }
    }

    private void Interfere()
    {
        switch (Scheduler.Random.Next(10))
        {
            case 0:
                // The old owner is not told: it finds out by what is refused to it.
                Network.Note("move");
                AnyNode().Take(Scheduler.Random.Next(Log.PartitionCount));
                break;
            case 1:
                Network.Note("kill");
                AnyNode().Process.Kill();
                break;
            case 2:
                Network.Note("clock jump");
                AnyNode().Process.Clock.Skew += TimeSpan.FromSeconds(Scheduler.Random.Next(-7200, 7200));
                break;
            case 3:
                Log.Disk.IsFull = !Log.Disk.IsFull;
                Network.Note("disk full or free");
                break;
            case 4 or 5:
                foreach (var node in _nodes.Where(n => n.Process.IsStopped))
                    node.Process.Continue();
                break;
            default:
                Replace();
                break;
        }
    }

    /// <summary>What an orchestrator does: notices who is gone, after a while, and gives their work to others.</summary>
    private void Replace()
    {
        foreach (var node in _nodes.Where(n => n.Process.IsDead || n.Process.IsStopped).ToList())
        {
            if (node.Process.IsDead)
                _nodes.Remove(node);
            var heir = AddNode();
            foreach (var partition in node.Partitions)
                heir.Take(partition);
            node.Partitions.Clear();
        }
    }

    private ProcessorNode AddNode()
    {
        var process = new SimulatedProcess(Scheduler, FormattableString.Invariant($"node-{++_incarnation}")) { IsMortal = true };
        var node = new ProcessorNode(this, process);
        _nodes.Add(node);
        return node;
    }

    private ProcessorNode AnyNode() => _nodes.Count == 0 ? AddNode() : _nodes[Scheduler.Random.Next(_nodes.Count)];

    private void Heal()
    {
        Network.IsFaulty = false;
        Log.Disk.PowerLossOneIn = 0;
        Log.Disk.IsFull = false;
        // Those who were stopped wake up now, behind the times, beside the last owner.
        foreach (var node in _nodes)
            node.Process.Continue();
        var last = AddNode();
        for (var partition = 0; partition < Log.PartitionCount; partition++)
            last.Take(partition);
    }

    private bool IsEverythingPublished()
    {
        if (Scheduler.Steps % 16 != 0 || !Log.IsUp)
            return false;
        var heads = State.Heads;
        for (var partition = 0; partition < Log.PartitionCount; partition++)
        {
            var next = Log.GetRange(partition).Next;
            if (next == 0)
                continue;
            if (!heads.TryGetValue(partition, out var head) || head.PublishedPosition < next - 1)
                return false;
        }

        return true;
    }
}
