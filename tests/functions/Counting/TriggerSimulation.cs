using Azure.Messaging.EventHubs;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Functions.Tests.Counting;

/// <summary>
/// The rules by which the Event Hubs trigger really delivers, with the app's own function on top: a batch comes again until it
/// succeeds; an owner that dies loses its count of retries and another one begins at the checkpoint; the checkpoint moves even
/// past a batch that failed; it falls back when the former owner of a partition writes late; two owners deliver at once during a
/// move; scaling in cancels in the middle of anything. Whatever happens, the counts end as the naive reference has them.
/// A failure names its seed. More seeds: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class TriggerSimulation
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 300;

    [Fact]
    public async Task CountClicks_RealRulesOfTheTrigger_LoseAndDoubleNothing()
    {
        var happened = new Happened();
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var run = new Run(seed, happened);
            await run.ToEndAsync();
            await run.AssertMatchesReferenceAsync();
        }

        // The simulation must have had something to survive, of every kind.
        Assert.True(happened.Failures > Seeds, $"{happened}");
        Assert.True(happened.Cancellations > Seeds / 4, $"{happened}");
        Assert.True(happened.CheckpointsPastFailures > Seeds / 4, $"{happened}");
        Assert.True(happened.CheckpointsBack > Seeds / 4, $"{happened}");
        Assert.True(happened.Moves > Seeds / 2, $"{happened}");
        Assert.True(happened.OwnersAtOnce > Seeds / 4, $"{happened}");
        Assert.True(happened.Healed > Seeds / 8, $"{happened}");
    }

    private sealed record Happened
    {
        public int Failures { get; set; }
        public int Cancellations { get; set; }
        public int CheckpointsPastFailures { get; set; }
        public int CheckpointsBack { get; set; }
        public int Moves { get; set; }
        public int OwnersAtOnce { get; set; }
        public int Healed { get; set; }
    }

    /// <summary>One process that has, or believes to have, the partition.</summary>
    private sealed class Instance(CountClicks function, int next)
    {
        public CountClicks Function { get; } = function;

        /// <summary>The event its receiver delivers next.</summary>
        public int Next { get; set; } = next;
    }

    private sealed class Run : IDisposable
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly Happened _happened;
        private readonly ListLog _log = new();
        private readonly ListPartition _source;
        private readonly List<EventData> _events = [];
        private readonly InMemoryPartitionStateStore _state = new();
        private readonly VersionedSink _sink = new();
        private readonly NaiveStream _naive;
        private readonly ProcessorOptions _options = new() { DedupHorizon = TimeSpan.FromMinutes(30) };
        private readonly StreamOptions _streamOptions = new() { SnapshotBytes = 8 * 1024, MaxBatchBytes = 2048 };
        private Instance? _owner;
        private Instance? _former;
        private CancellationTokenSource _stopping = new();
        private int _checkpoint;
        private int _depth;
        private bool _faults = true;

        public Run(int seed, Happened happened)
        {
            (_seed, _happened) = (seed, happened);
            _random = new Random(seed);
            _naive = new NaiveStream(_options);
            _source = new ListPartition(_log);
            var now = TestEvent.Noon;
            for (var i = 0; i < 50 + _random.Next(600); i++)
            {
                now += _random.Next(4000);
                var e = new TestEvent
                {
                    ClickId = $"clk_{_random.Next(i + 1)}",
                    TimeMs = now - _random.Next(50_000),
                    Key = new TestEvent().Key with { AdId = $"ad_{_random.Next(5)}" },
                    Raw = _random.Next(100) == 0 ? [1, 2, 3] : null,
                };
                var record = e.Encode();
                var arrival = e.TimeMs + e.ArrivalDelayMs;
                _log.Append(arrival, record);
                _events.Add(EventHubsModelFactory.EventData(
                    new BinaryData(record), sequenceNumber: i, offsetString: null!, enqueuedTime: DateTimeOffset.FromUnixTimeMilliseconds(arrival)));
                _naive.Add(i, e);
            }

            _state.AtStep = (step, _) => AtStepAsync(step);
            _sink.AtStep = CrashSometimes;
        }

        public void Dispose() => _stopping.Dispose();

        public async Task ToEndAsync()
        {
            for (var step = 0; step < 2000 && _checkpoint < _events.Count; step++)
            {
                if (_owner == null || _random.Next(15) == 0)
                    Move();
                else if (_former != null && _random.Next(3) == 0)
                    await DeliverAsync(_former, isOwner: false);
                else
                    await DeliverAsync(_owner, isOwner: true);
            }

            // A new event comes after all of that: what a checkpoint has jumped over is healed with it, at the latest.
            _faults = false;
            _stopping.Dispose();
            _stopping = new CancellationTokenSource();
            await InvokeAsync(NewInstance(), _events.Count - 1, 1);
        }

        public async Task AssertMatchesReferenceAsync()
        {
            var head = (await _state.ListHeadsAsync(CancellationToken.None))[0];
            Assert.True(_naive.Counters == head.Counters, $"seed {_seed}: expected {_naive.Counters}, got {head.Counters}");
            Assert.True(_naive.Windows.Count == _sink.Rows.Count, $"seed {_seed}: expected {_naive.Windows.Count} rows, got {_sink.Rows.Count}");
            foreach (var (key, metrics) in _naive.Windows)
                Assert.True(_sink.Rows[key].Metrics == metrics, $"seed {_seed}: {key} expected {metrics}, got {_sink.Rows[key].Metrics}");
            Assert.True(head.Position == head.PublishedPosition, $"seed {_seed}: published {head.PublishedPosition} of {head.Position}");
            foreach (var kind in (SideOutputKind[])[SideOutputKind.Late, SideOutputKind.Quarantine])
            {
                var kept = await _state.ReadSideOutputsAsync(0, kind, 0, int.MaxValue, CancellationToken.None);
                Assert.Equal(_naive.SideOutputs.Where(o => o.Kind == kind).Select(o => (long)o.Index), kept.Select(o => o.Sequence));
            }
        }

        /// <summary>Another instance takes the partition over, at the checkpoint; the former owner has not heard of it yet.</summary>
        private void Move()
        {
            _happened.Moves += _owner == null ? 0 : 1;
            _former = _owner;
            _owner = NewInstance();
        }

        private Instance NewInstance() => new(
            new CountClicks(new PartitionDeliveries(
                _source, _state, _sink, _options, _streamOptions, TimeProvider.System, $"instance-{_random.Next(100)}")),
            _checkpoint);

        private async Task DeliverAsync(Instance instance, bool isOwner)
        {
            var count = Math.Min(1 + _random.Next(12), _events.Count - instance.Next);
            if (count == 0)
                return;
            try
            {
                await InvokeAsync(instance, instance.Next, count);
                Checkpoint(instance, count, isOwner);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // Scaled in: no checkpoint, and the instance is gone.
                _happened.Cancellations++;
                _stopping.Dispose();
                _stopping = new CancellationTokenSource();
                Forget(instance);
            }
            catch (Exception failure) when (failure is SimulatedCrashException or StaleOwnerException or CommitConflictException)
            {
                AfterFailure(instance, count, isOwner);
            }
        }

        private void AfterFailure(Instance instance, int count, bool isOwner)
        {
            _happened.Failures++;
            switch (_random.Next(6))
            {
                case 0:
                    // The process died with its retries; the next one begins at the checkpoint.
                    Forget(instance);
                    break;
                case 1 when instance.Next + count < _events.Count:
                    // Retries ended, as with a wrong policy: the host moves on past the failed batch.
                    _happened.CheckpointsPastFailures++;
                    Checkpoint(instance, count, isOwner);
                    break;
                default:
                    // The policy has the same events delivered again.
                    break;
            }
        }

        private void Checkpoint(Instance instance, int count, bool isOwner)
        {
            instance.Next += count;
            if (isOwner)
            {
                _checkpoint = instance.Next;
            }
            else if (_random.Next(2) == 0)
            {
                // The former owner writes before it hears of its loss, and may set the checkpoint back.
                _happened.CheckpointsBack += instance.Next < _checkpoint ? 1 : 0;
                _checkpoint = instance.Next;
            }
        }

        private void Forget(Instance instance)
        {
            if (_owner == instance)
                _owner = null;
            if (_former == instance)
                _former = null;
        }

        private async Task InvokeAsync(Instance instance, int from, int count)
        {
            var reads = _source.Reads;
            var batch = _events.GetRange(from, count);
            // Nobody promises that a batch has no hole.
            if (_faults && count > 2 && _random.Next(20) == 0)
                batch.RemoveAt(1 + _random.Next(count - 2));
            try
            {
                await instance.Function.RunAsync([.. batch], new Invocation(0), _stopping.Token);
            }
            finally
            {
                _happened.Healed += _source.Reads > reads ? 1 : 0;
            }
        }

        private async ValueTask AtStepAsync(string step)
        {
            CrashSometimes(step);
            if (_faults && _random.Next(150) == 0)
                await _stopping.CancelAsync();
            if (!_faults || _depth > 0 || _former == null || _owner == null || _random.Next(20) != 0)
                return;
            // Both owners deliver at the same time: one of them in the middle of this very step of the other.
            _depth++;
            _happened.OwnersAtOnce++;
            try
            {
                var rival = NewInstance();
                await InvokeAsync(rival, rival.Next, Math.Min(1 + _random.Next(20), _events.Count - rival.Next));
            }
            catch (Exception failure) when (failure is SimulatedCrashException or StaleOwnerException or CommitConflictException or OperationCanceledException)
            {
                // The rival's own affair.
            }
            finally
            {
                _depth--;
            }
        }

        private void CrashSometimes(string step)
        {
            if (!_faults || _random.Next(25) != 0)
                return;
            throw new SimulatedCrashException(step);
        }
    }
}
