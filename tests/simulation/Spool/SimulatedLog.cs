using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;

namespace ClickFuncs.Simulation.Tests.Spool;

/// <summary>
/// A log that takes what waits in groups, in order. In trouble it refuses, stalls, fails a group and all that waits behind it, and says of
/// some groups that they failed although they are written. Of what a killed process had under way the first group may be written.
/// </summary>
internal sealed class SimulatedLog(SpoolWorld world) : ILogReader
{
    private readonly SimulatedProcess _disk = new(world.Scheduler, "log");
    private readonly List<Waiting> _waiting = [];
    private readonly List<(long ArrivalMs, byte[] Record)> _records = [];
    private bool _isRefusing;
    private bool _isStalled;

    public int PartitionCount => 1;

    /// <summary>What is on it, in order.</summary>
    public IEnumerable<byte[]> Records => _records.Select(record => record.Record);

    /// <summary>Numbers of the clicks that the drain appended.</summary>
    public HashSet<int> DrainedNumbers { get; } = [];

    public void Start()
    {
        _disk.Start(WorkAsync);
        _disk.Start(SufferAsync);
    }

    /// <summary>Everything works from now on.</summary>
    public void Heal() => (_isRefusing, _isStalled) = (false, false);

    /// <summary>The process in front of it died: a group of what it had under way is on the disk or not, the rest dies with it.</summary>
    public void Crash()
    {
        if (world.Scheduler.OneIn(2))
        {
            foreach (var waiting in _waiting[..world.Scheduler.Random.Next(_waiting.Count + 1)])
                Write(waiting);
        }

        _waiting.Clear();
    }

    /// <summary>The log as a process sees it.</summary>
    public IClickLog For(SimulatedProcess process, bool isDrain) => new Port(this, process, isDrain);

    public LogRange GetRange(int partition) => new(0, _records.Count);

    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        batch.Clear();
        for (var i = (int)fromSequence; i < _records.Count && (batch.Count == 0 || batch.ByteCount < maxBytes); i++)
            batch.Add(i, _records[i].ArrivalMs, _records[i].Record);
        return ValueTask.CompletedTask;
    }

    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task SufferAsync()
    {
        while (world.IsTroubled)
        {
            await _disk.DelayAsync(TimeSpan.FromMilliseconds(world.Scheduler.Random.Next(1, 3000)));
            if (!world.IsTroubled)
                return;
            (_isRefusing, _isStalled) = world.Scheduler.Random.Next(4) switch { 0 => (true, false), 1 => (false, true), _ => (false, false) };
            world.Note(_isRefusing ? "log refuses" : _isStalled ? "log stalls" : "log works");
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            await _disk.DelayAsync(TimeSpan.FromMilliseconds(world.Scheduler.Random.Next(1, 20)));
            if (!_isStalled && _waiting.Count > 0)
                Commit();
        }
    }

    private void Commit()
    {
        var group = _waiting[..world.Scheduler.Random.Next(1, _waiting.Count + 1)];
        var fails = world.IsTroubled && world.Scheduler.OneIn(12);
        if (!fails || world.Scheduler.OneIn(2))
        {
            foreach (var waiting in group)
                Write(waiting);
        }

        if (!fails)
        {
            _waiting.RemoveRange(0, group.Count);
            foreach (var waiting in group)
                waiting.Answer.SetResult(new LogPosition(0, 0));
            return;
        }

        world.Note("group fails");
        var all = _waiting.ToArray();
        _waiting.Clear();
        foreach (var waiting in all)
            waiting.Answer.SetException(new LogUnavailableException("The group failed."));
    }

    private void Write(Waiting waiting)
    {
        if (waiting.IsDrain)
            DrainedNumbers.Add(SpoolWorld.NumberOf(waiting.Record));
        _records.Add((_disk.Clock.GetUtcNow().ToUnixTimeMilliseconds(), waiting.Record));
    }

    private sealed record Waiting(byte[] Record, bool IsDrain)
    {
        public TaskCompletionSource<LogPosition> Answer { get; } = new();
    }

    private sealed class Port(SimulatedLog log, SimulatedProcess process, bool isDrain) : IClickLog
    {
        public int PartitionCount => 1;

        public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
        {
            if (process.IsDead)
                throw new InvalidOperationException("The dead append nothing.");
            if (log._isRefusing)
                return ValueTask.FromException<LogPosition>(new LogUnavailableException("The log refuses."));
            var waiting = new Waiting(record.ToArray(), isDrain);
            log._waiting.Add(waiting);
            return new ValueTask<LogPosition>(waiting.Answer.Task);
        }
    }
}
