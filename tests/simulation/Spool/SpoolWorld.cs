using System.Buffers.Binary;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Simulation.Tests.World;
using ClickFuncs.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Simulation.Tests.Spool;

/// <summary>
/// A process that takes clicks, in front of a log and a spool that fail, stall and lie about failing, and is killed at any await. In the end
/// everything works again, the spool is drained, and the log is looked at.
/// </summary>
internal sealed class SpoolWorld
{
    private const int Clickers = 8;
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan End = TimeSpan.FromMinutes(10);

    private readonly SpoolOptions _options = new() { Deadline = TimeSpan.FromMilliseconds(200), RetryDelay = TimeSpan.FromMilliseconds(300) };
    private readonly SimulatedProcess _outside;
    private readonly SimulatedLog _log;
    private readonly SimulatedSpool _spool;
    private readonly bool _isSearching;
    private SimulatedProcess _process;
    private SpoolingClickLog? _clicks;
    private int _clicked;
    private int _clicking;

    /// <param name="seed">Decides everything.</param>
    /// <param name="isSearching">False: the drain does not look for what is on the log already.</param>
    /// <param name="isDurable">False: the spool says that an entry is durable and loses it in a crash.</param>
    /// <summary>A world.</summary>
    public SpoolWorld(int seed, bool isSearching = true, bool isDurable = true)
    {
        Scheduler = new SeededScheduler(seed);
        _isSearching = isSearching;
        (_outside, _process) = (new SimulatedProcess(Scheduler, "outside"), new SimulatedProcess(Scheduler, "host"));
        (_log, _spool) = (new SimulatedLog(this), new SimulatedSpool(this, isDurable));
    }

    public SeededScheduler Scheduler { get; }

    /// <summary>Whether anything may go wrong.</summary>
    public bool IsTroubled { get; private set; } = true;

    /// <summary>Numbers of the clicks that were answered.</summary>
    public HashSet<int> Acknowledged { get; } = [];

    /// <summary>How often what went wrong.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    public void Note(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;

    /// <summary>Runs to the end.</summary>
    /// <exception cref="BrokenInvariantException">A promise was broken.</exception>
    public void Run()
    {
        _log.Start();
        StartHost();
        for (var i = 0; i < Clickers; i++)
            _outside.Start(ClickAsync);
        _outside.Start(KillAsync);
        _outside.Start(async () =>
        {
            await _outside.DelayAsync(Trouble);
            IsTroubled = false;
            _log.Heal();
            if (_process.IsDead)
                StartHost();
        });
        if (!Scheduler.RunUntil(() => !IsTroubled && _clicking == 0 && _spool.Size.Records == 0 && _clicks?.Mode == SpoolMode.Direct, End))
            throw new BrokenInvariantException($"The world did not come to rest: {_spool.Size.Records} wait, mode {_clicks?.Mode}, {_clicking} clicking.");
        Check();
    }

    private void Check()
    {
        var numbers = _log.Records.Select(NumberOf).ToList();
        var there = numbers.ToHashSet();
        var lost = Acknowledged.Where(number => !there.Contains(number)).ToList();
        if (lost.Count > 0)
            throw new BrokenInvariantException($"Acknowledged clicks {string.Join(", ", lost.Take(5))} are not on the log.");
        var doubled = numbers.GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (doubled.Count > 0)
            throw new BrokenInvariantException($"Clicks {string.Join(", ", doubled.Take(5))} are on the log more than once.");
        var places = numbers.Select((number, at) => (number, at)).ToDictionary();
        var previous = -1;
        foreach (var number in _spool.Drained.Select(NumberOf).Where(_log.DrainedNumbers.Contains))
        {
            if (places[number] < previous)
                throw new BrokenInvariantException($"Click {number} came to the log before one that was spooled before it.");
            previous = places[number];
        }
    }

    public static int NumberOf(byte[] record) => BinaryPrimitives.ReadInt32LittleEndian(record);

    private void StartHost()
    {
        _process = new SimulatedProcess(Scheduler, "host");
        _process.Start(async () =>
        {
            var spool = _spool.For(_process);
            var log = _log.For(_process, isDrain: false);
            var clicks = new SpoolingClickLog(log, spool, _options, _process.Clock, NullLogger<SpoolingClickLog>.Instance);
            _clicks = clicks;
            ILogReader reader = _isSearching ? _log : new BlindReader();
            var drain = new SpoolDrain(
                clicks, _log.For(_process, isDrain: true), reader, spool, _options, _process.Clock, NullLogger<SpoolDrain>.Instance);
            await drain.RunAsync(CancellationToken.None);
        });
    }

    private async Task KillAsync()
    {
        while (IsTroubled)
        {
            await _outside.DelayAsync(TimeSpan.FromMilliseconds(Scheduler.Random.Next(1, 9000)));
            if (!IsTroubled)
                return;
            Note("kill");
            _process.Kill();
            _clicks = null;
            _log.Crash();
            _spool.Crash();
            await _outside.DelayAsync(TimeSpan.FromMilliseconds(Scheduler.Random.Next(500)));
            if (IsTroubled)
                StartHost();
        }
    }

    // Users: each clicks, is answered or gives up, and clicks again. A click is a new one each time.
    private async Task ClickAsync()
    {
        _clicking++;
        while (IsTroubled)
        {
            await _outside.DelayAsync(TimeSpan.FromMilliseconds(Scheduler.Random.Next(1, 150)));
            if (_clicks is not { } clicks)
                continue;
            var (number, host) = (_clicked++, _process);
            var answer = new TaskCompletionSource();
            host.Start(async () =>
            {
                var record = new byte[4 + Scheduler.Random.Next(20)];
                BinaryPrimitives.WriteInt32LittleEndian(record, number);
                try
                {
                    await clicks.AppendAsync(Fingerprint.Of(EventType.Click, record), record, CancellationToken.None);
                    Acknowledged.Add(number);
                }
                catch (LogException)
                {
                    Note("refused");
                }

                answer.TrySetResult();
            });
            await Task.WhenAny(answer.Task, _outside.DelayAsync(TimeSpan.FromSeconds(2)));
        }

        _clicking--;
    }

    // A drain that finds nothing.
    private sealed class BlindReader : ILogReader
    {
        public int PartitionCount => 1;

        public LogRange GetRange(int partition) => default;

        public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is there to read.");

        public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
