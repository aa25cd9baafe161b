using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Disk;
using ClickFuncs.Simulation.Tests.Scheduling;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// The click log as a service of its own: the real segment log on a disk that fails. It takes what has gathered as one group, and tells each
/// sender once it is durable. When power goes, everybody who waits learns nothing.
/// </summary>
internal sealed class LogService : ILogReader, IDisposable
{
    private readonly SeededScheduler _scheduler;
    private readonly Network _network;
    private readonly string _directory;
    private readonly List<Pending> _pending = [];
    private SegmentLog? _log;
    private TaskCompletionSource _arrived = new();
    private SimulatedProcess _process;
    private int _incarnation;

    public LogService(SeededScheduler scheduler, Network network, FaultyDisk disk, string directory, int partitionCount)
    {
        (_scheduler, _network, Disk, _directory, PartitionCount) = (scheduler, network, disk, directory, partitionCount);
        _process = new SimulatedProcess(scheduler, "log");
    }

    public FaultyDisk Disk { get; }

    public int PartitionCount { get; }

    /// <summary>Whether it answers.</summary>
    public bool IsUp => _log != null;

    /// <summary>Called after power went, before the log is opened again: where a mutant does its harm.</summary>
    public Action<string> BeforeOpening { get; set; } = _ => { };

    /// <summary>Starts it, and starts it again a while after each crash.</summary>
    public void Start()
    {
        _process = new SimulatedProcess(_scheduler, FormattableString.Invariant($"log-{++_incarnation}"));
        _process.Clock.Skew = _network.IsFaulty && _scheduler.OneIn(4) ? TimeSpan.FromSeconds(_scheduler.Random.Next(-120, 120)) : TimeSpan.Zero;
        _process.Start(RunAsync);
    }

    /// <summary>Sends a record on behalf of another process. Throws when it is not known to be durable.</summary>
    public async Task AppendAsync(SimulatedProcess sender, Fingerprint id, byte[] record)
    {
        await _network.CrossAsync(sender);
        if (_log == null)
            throw new LogUnavailableException("The log is down.");
        var pending = new Pending(id.Partition(PartitionCount), record);
        _pending.Add(pending);
        _arrived.TrySetResult();
        await pending.Done.Task;
        await _network.CrossAsync(sender);
    }

    /// <inheritdoc/>
    public LogRange GetRange(int partition) => Open().GetRange(partition);

    /// <inheritdoc/>
    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) =>
        Open().ReadAsync(partition, fromSequence, maxBytes, batch, cancellationToken);

    /// <inheritdoc/>
    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) =>
        Open().WaitForAsync(partition, sequence, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => Close();

    private SegmentLog Open() => _log ?? throw new LogUnavailableException("The log is down.");

    private async Task RunAsync()
    {
        try
        {
            _log = OpenLog();
            while (true)
            {
                if (_pending.Count == 0)
                    await WaitForSomebodyAsync();
                await _process.DelayAsync(TimeSpan.FromMilliseconds(_scheduler.Random.Next(1, 30)));
                if (_pending.Count > 0)
                    AppendSome();
            }
        }
        catch (PowerLossException)
        {
            Crash();
        }
    }

    // Looking every few milliseconds would be most of what a world does.
    private Task WaitForSomebodyAsync()
    {
        _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _arrived.Task;
    }

    private SegmentLog OpenLog()
    {
        var options = new SegmentLogOptions
        {
            Directory = _directory,
            PartitionCount = PartitionCount,
            SegmentBytes = 4096 << _scheduler.Random.Next(4),
            GatherTime = TimeSpan.Zero,
            // Made on a thread beside, which no seed could repeat. The disk leaves such room behind instead.
            ReserveBytes = 0,
        };
        try
        {
            return LogOpener.Open(options, _process.Clock, null, Disk);
        }
        catch (IOException) when (Disk.IsFull)
        {
            // An empty log is made at once or not at all; the world waits for room.
            throw new PowerLossException();
        }
    }

    private void AppendSome()
    {
        var some = _pending.Slice(0, _scheduler.Random.Next(1, _pending.Count + 1));
        _pending.RemoveRange(0, some.Count);
        var group = _log!.CreateGroup();
        foreach (var pending in some)
            group.Add(pending.Partition, pending.Record);
        try
        {
            Append(_log, group);
            foreach (var pending in some)
                pending.Done.SetResult();
        }
        catch (LogUnavailableException failure)
        {
            _network.Note("append failed");
            foreach (var pending in some)
                pending.Done.SetException(failure);
            if (Disk.IsOff)
                throw new PowerLossException();
        }
    }

    /// <summary>The committer's thread works while this one waits for it, so there is still only one that does anything.</summary>
    private void Append(SegmentLog log, LogGroupBuilder group)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            log.AppendGroupAsync(group, CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(_process);
        }
    }

    private void Crash()
    {
        _network.Note("power loss");
        _process.Kill();
        foreach (var pending in _pending)
            pending.Done.TrySetException(new LogUnavailableException("The connection to the log broke."));
        _pending.Clear();
        Close();
        Disk.Restart();
        BeforeOpening(_directory);
        var machine = new SimulatedProcess(_scheduler, "machine");
        machine.Start(async () =>
        {
            await machine.DelayAsync(TimeSpan.FromMilliseconds(_scheduler.Random.Next(3000)));
            Start();
        });
    }

    private void Close()
    {
        // Nothing may be written any more by the one that died.
        var log = _log;
        _log = null;
        log?.Dispose();
    }

    private sealed record Pending(int Partition, byte[] Record)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
