using ClickFuncs.Log;
using ClickFuncs.Privacy;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.State;
using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Velocity;

/// <summary>
/// The way from clicks on three partitions to flags, under crashes at every step of commit, sending, reading and storing. The flags end as the
/// oracle has them over the set of accepted clicks. A failure names its seed. More seeds: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class VelocitySimulation
{
    private const int Partitions = 3;

    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 100;

    [Fact]
    public async Task Flags_AfterCrashesAndRedelivery_EqualTheOracle()
    {
        var (crashes, flags, spared) = (0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new Run(seed);
            await run.ToEndAsync();
            Assert.True(
                run.Expected.OrderBy(f => f.Key).SequenceEqual(run.Store.Flags.OrderBy(f => f.Key)),
                $"seed {seed}: expected {string.Join(';', run.Expected.Values)}, got {string.Join(';', run.Store.Flags.Values)}");
            (crashes, flags, spared) = (crashes + run.Crashes, flags + run.Expected.Count, spared + run.Identities - run.Expected.Count);
        }

        Assert.True(crashes > Seeds, $"only {crashes} crashes");
        Assert.True(flags > Seeds / 2 && spared > Seeds / 2, $"{flags} flagged, {spared} spared");
    }

    private sealed class Run : IRowPublisher
    {
        private readonly Random _random;
        private readonly ListLog[] _clicks = [.. Enumerable.Range(0, Partitions).Select(_ => new ListLog())];
        private readonly InMemoryPartitionStateStore[] _states = [.. Enumerable.Range(0, Partitions).Select(_ => new InMemoryPartitionStateStore())];
        private readonly ListLog _signals = new();
        private readonly VelocityOptions _options = new() { Threshold = 9, Lateness = TimeSpan.FromMinutes(3) };
        private readonly SignalCollector _collector;
        private readonly PartitionSession?[] _sessions = new PartitionSession?[Partitions];
        private readonly FlagBoard _board = new(1000);
        private VelocityLane? _lane;
        private bool _faults = true;

        public Run(int seed)
        {
            _random = new Random(seed);
            var keys = new IdentityKeys(new byte[32]);
            _collector = new SignalCollector(keys, _options.Window);
            var seen = new HashSet<string>();
            var accepted = new List<(ulong, IdentityKind, long)>();
            for (var i = 0; i < 300; i++)
            {
                var e = new TestEvent
                {
                    ClickId = $"clk_{_random.Next(i + 1)}",
                    TimeMs = TestEvent.Noon + (i * 200) - _random.Next(20_000),
                    Ip = $"203.0.113.{(int)Math.Sqrt(_random.Next(30))}",
                    UserId = _random.Next(3) == 0 ? "" : $"usr_{(int)Math.Sqrt(_random.Next(40))}",
                };
                _clicks[e.Fingerprint.Partition(Partitions)].Append(e.TimeMs + 50, e.Encode());
                if (!seen.Add(e.ClickId))
                    continue;
                var day = IdentityKeys.DayOf(e.TimeMs);
                accepted.Add((keys.Of(IdentityKind.Ip, day, System.Text.Encoding.UTF8.GetBytes(e.Ip), "ad_1"u8), IdentityKind.Ip, e.TimeMs));
                if (e.UserId.Length > 0)
                    accepted.Add((keys.Of(IdentityKind.User, day, System.Text.Encoding.UTF8.GetBytes(e.UserId), "ad_1"u8), IdentityKind.User, e.TimeMs));
            }

            Expected = PlainVelocity.Flags(accepted, _options);
            Identities = accepted.Select(click => click.Item1).Distinct().Count();
            Store.AtStep = CrashSometimes;
            foreach (var state in _states)
            {
                state.AtStep = (_, _) =>
                {
                    CrashSometimes();
                    return ValueTask.CompletedTask;
                };
            }
        }

        public Dictionary<ulong, VelocityFlag> Expected { get; }

        public int Identities { get; }

        public InMemoryFlagStore Store { get; } = new();

        public int Crashes { get; private set; }

        public async Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
        {
            await Task.Yield();
            foreach (var record in rows.Signals.SelectMany(SignalCodec.Encode))
            {
                CrashSometimes();
                _signals.Append(0, record.ToArray());
                CrashSometimes();
            }
        }

        public async Task ToEndAsync()
        {
            for (var i = 0; i < 200; i++)
            {
                var partition = _random.Next(Partitions + 1);
                await (partition == Partitions ? WatchAsync() : CountAsync(partition));
            }

            _faults = false;
            for (var partition = 0; partition < Partitions; partition++)
            {
                while (!await CountAsync(partition))
                {
                }
            }

            while (await WatchAsync())
            {
            }

            Assert.Equal(Store.Flags.Values.OrderBy(f => f.Identity), _board.Flags.OrderBy(f => f.Identity));
        }

        // True when all is counted and sent.
        private async Task<bool> CountAsync(int partition)
        {
            try
            {
                _sessions[partition] ??= await PartitionSession.OpenAsync(
                    0, "owner", _clicks[partition], _states[partition], new Relabelled(this, partition), new ProcessorOptions(),
                    new StreamOptions { SnapshotBytes = 2048, MaxBatchBytes = 300 + _random.Next(2000) }, TimeProvider.System, CancellationToken.None, _collector);
                var read = await _sessions[partition]!.StepAsync(CancellationToken.None);
                if (read == 0 || _random.Next(2) == 0)
                    await _sessions[partition]!.SettleAsync(CancellationToken.None);
                return read == 0;
            }
            catch (SimulatedCrashException)
            {
                _sessions[partition] = null;
                return false;
            }
        }

        private async Task<bool> WatchAsync()
        {
            try
            {
                _lane ??= await VelocityLane.OpenAsync(_signals, Store, _board, _options, CancellationToken.None);
                return await _lane.StepAsync(CancellationToken.None);
            }
            catch (SimulatedCrashException)
            {
                _lane = null;
                return true;
            }
        }

        private void CrashSometimes()
        {
            if (!_faults || _random.Next(12) != 0)
                return;
            Crashes++;
            throw new SimulatedCrashException("somewhere");
        }
    }

    // Each partition has a state of its own here, in which it is number 0; its signals must say which it is.
    private sealed class Relabelled(IRowPublisher publisher, int partition) : IRowPublisher
    {
        public async Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
        {
            for (var i = 0; i < rows.Signals.Count; i++)
                rows.Signals[i] = rows.Signals[i] with { Partition = partition };
            await publisher.PublishAsync(rows, cancellationToken);
        }
    }
}
