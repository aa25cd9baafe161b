using ClickFuncs.Batch.Archive;
using ClickFuncs.Privacy;
using ClickFuncs.Processing;
using ClickFuncs.Simulation.Tests.Disk;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Ledger;
using ClickFuncs.Testing.State;
using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;

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
    private readonly List<SimulatedProcess> _staleLanes = [];
    private int _incarnation;
    private SimulatedProcess? _archiver;
    private SimulatedProcess? _lanes;
    private SimulatedProcess? _clerk;

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
        Spend = mutation.NewSpendStore(Scheduler);
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
        Archive = new ArchiveOptions
        {
            Interval = TimeSpan.FromSeconds(1 + Scheduler.Random.Next(30)),
            ReadInterval = TimeSpan.FromSeconds(1 + Scheduler.Random.Next(5)),
            MaxFileBytes = 1000 << Scheduler.Random.Next(6),
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

    public ArchiveOptions Archive { get; }

    public InMemoryLake Lake { get; } = new();

    /// <summary>The second-stage log of spend.</summary>
    public SecondStageLog Reports { get; } = new();

    /// <summary>The second-stage log of click signals.</summary>
    public SecondStageLog Signals { get; } = new();

    public SignalCollector Collector { get; } = new(new IdentityKeys(new byte[IdentityKeys.SecretBytes]), LaneNode.Velocity.Window);

    public SpendStore Spend { get; }

    public InMemoryFlagStore Flags { get; } = new();

    public InMemoryLedger Ledger { get; } = new();

    public Books Books { get; } = new();

    /// <summary>Whether every day was closed once more after everything had come to rest.</summary>
    public bool IsClosed { get; set; }

    public StreamOptions Stream { get; }

    /// <summary>Runs the world to its end: everything that was sent is sent, everything on the log is counted and published.</summary>
    public async Task RunAsync()
    {
        Log.Disk.PowerLossOneIn = 400;
        Log.Start();
        Traffic.Start(senders: 1 + Scheduler.Random.Next(4), eventsEach: 8 + Scheduler.Random.Next(32));
        var fate = new SimulatedProcess(Scheduler, "fate");
        fate.Start(() => RuleAsync(fate));
        Require(Scheduler.RunUntil(() => Traffic.IsOver, Scheduler.Now + Patience), "the senders never ended");

        Heal();
        Require(Scheduler.RunUntil(IsEverythingPublished, Scheduler.Now + Patience), "something on the log was never counted and published");
        Require(Scheduler.RunUntil(IsEverythingArchived, Scheduler.Now + Patience), "something on the log was never archived");
        Require(Scheduler.RunUntil(IsSecondStageDone, Scheduler.Now + Patience), "the second stage never read all that was sent to it");
        _clerk = Replace("clerk", _clerk, process => Clerk.Start(this, process, isLast: true));
        Require(Scheduler.RunUntil(() => IsClosed, Scheduler.Now + Patience), "the days were never closed");
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
        StartOthers();
        while (Network.IsFaulty)
        {
            await fate.DelayAsync(TimeSpan.FromMilliseconds(Scheduler.Random.Next(2500)));
            if (Network.IsFaulty)
                Interfere();
        }
    }

    private void Interfere()
    {
        switch (Scheduler.Random.Next(12))
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
                foreach (var process in _staleLanes.Append(_lanes!).Append(_archiver!).Append(_clerk!).Where(p => p.IsStopped))
                    process.Continue();
                _staleLanes.Clear();
                break;
            case 6:
                Network.Note("kill of another");
                (Scheduler.Random.Next(3) switch { 0 => _archiver, 1 => _lanes, _ => _clerk })!.Kill();
                break;
            case 7:
                // One that is only slow goes on, beside the one that took over from it: the stores' fences are for that.
                if (_lanes!.IsStopped)
                    _staleLanes.Add(_lanes);
                _lanes = NewProcess("lanes");
                LaneNode.Start(this, _lanes);
                break;
            default:
                Replace();
                ReplaceOthers();
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

    private void StartOthers()
    {
        _archiver = Replace("archiver", _archiver, process => Archiver.Start(this, process));
        _lanes = Replace("lanes", _lanes, process => LaneNode.Start(this, process));
        _clerk = Replace("clerk", _clerk, process => Clerk.Start(this, process, isLast: false));
    }

    private void ReplaceOthers()
    {
        if (IsGone(_archiver!))
            _archiver = Replace("archiver", _archiver, process => Archiver.Start(this, process));
        if (IsGone(_lanes!))
            _lanes = Replace("lanes", _lanes, process => LaneNode.Start(this, process));
        if (IsGone(_clerk!))
            _clerk = Replace("clerk", _clerk, process => Clerk.Start(this, process, isLast: false));
    }

    private static bool IsGone(SimulatedProcess process) => process.IsDead || process.IsStopped;

    /// <summary>Where there may be only one, the one before is killed first.</summary>
    private SimulatedProcess Replace(string name, SimulatedProcess? former, Action<SimulatedProcess> start)
    {
        former?.Kill();
        if (former != null && name == "archiver")
            Mutation.AfterArchiverDied(Lake);
        var process = NewProcess(name);
        start(process);
        return process;
    }

    private SimulatedProcess NewProcess(string name) =>
        new(Scheduler, FormattableString.Invariant($"{name}-{++_incarnation}")) { IsMortal = true };

    private ProcessorNode AddNode()
    {
        var node = new ProcessorNode(this, NewProcess("node"));
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
        foreach (var process in _staleLanes)
            process.Kill();
        Signals.ForgetReaders();
        StartOthers();
        var last = AddNode();
        for (var partition = 0; partition < Log.PartitionCount; partition++)
            last.Take(partition);
    }

    private bool IsEverythingArchived() => Scheduler.Steps % 64 == 0 && Archiver.IsDoneAsync(this).GetAwaiter().GetResult();

    private bool IsSecondStageDone() => Signals.IsReadToTheEnd && Spend.ReadThrough == Reports.GetRange(0).Next - 1;

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
