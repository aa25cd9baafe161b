using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Core.Tests.Processing;

/// <summary>
/// The commit protocol under crashes at every step, redelivery, gaps, failing sinks and rivals that take the partition over in
/// the middle of anything. Whatever happens, the rows and counters end as the naive reference has them.
/// A failure names its seed. More seeds: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class PartitionSessionSimulation
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 400;

    [Fact]
    public async Task Session_CrashesRivalsAndRedelivery_LoseAndDoubleNothing()
    {
        var (crashes, takeovers) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new Run(seed);
            await run.ToEndAsync();
            await run.AssertMatchesReferenceAsync();
            (crashes, takeovers) = (crashes + run.Crashes, takeovers + run.Takeovers);
        }

        // The simulation must have had something to survive.
        Assert.True(crashes > Seeds, $"only {crashes} crashes");
        Assert.True(takeovers > Seeds / 4, $"only {takeovers} takeovers");
    }

    private sealed class Run
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly ListLog _log = new();
        private readonly InMemoryPartitionStateStore _state = new();
        private readonly VersionedSink _sink = new();
        private readonly NaiveStream _naive;
        private readonly ProcessorOptions _options = new() { DedupHorizon = TimeSpan.FromMinutes(30) };
        private readonly StreamOptions _streamOptions;
        private readonly List<PartitionSession> _owners = [];
        private bool _faults = true;

        public Run(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _naive = new NaiveStream(_options);
            _streamOptions = new StreamOptions { SnapshotBytes = 8 * 1024, MaxBatchBytes = 2048 };
            var now = TestEvent.Noon;
            for (var i = 0; i < 50 + _random.Next(1500); i++)
            {
                now += _random.Next(4000);
                var e = new TestEvent
                {
                    ClickId = $"clk_{_random.Next(i + 1)}",
                    TimeMs = now - _random.Next(50_000),
                    Key = new TestEvent().Key with { AdId = $"ad_{_random.Next(5)}" },
                    Raw = _random.Next(100) == 0 ? [1, 2, 3] : null,
                };
                _log.Append(e.TimeMs + e.ArrivalDelayMs, e.Encode());
                _naive.Add(i, e);
            }

            _state.AtStep = (step, _) => AtStepAsync(step);
            _sink.AtStep = step => CrashSometimes(step);
        }

        public int Crashes { get; private set; }

        public int Takeovers { get; private set; }

        public async Task ToEndAsync()
        {
            for (var step = 0; step < 3000 && !await IsDoneAsync(); step++)
            {
                if (_owners.Count == 0 || _random.Next(30) == 0)
                    await GuardAsync(null, OpenAsync);
                else
                    await GuardAsync(_owners[_random.Next(_owners.Count)], owner => WorkAsync(owner!));
            }

            _faults = false;
            var last = await PartitionSession.OpenAsync(
                0, "last", _log, _state, _sink, _options, _streamOptions, TimeProvider.System, CancellationToken.None);
            while (await last.StepAsync(CancellationToken.None) > 0)
            {
            }

            await last.SettleAsync(CancellationToken.None);
        }

        public async Task AssertMatchesReferenceAsync()
        {
            var head = (await _state.ListHeadsAsync(CancellationToken.None))[0];
            Assert.True(_naive.Counters == head.Counters, $"seed {_seed}: expected {_naive.Counters}, got {head.Counters}");
            Assert.True(_naive.Windows.Count == _sink.Rows.Count, $"seed {_seed}: expected {_naive.Windows.Count} rows, got {_sink.Rows.Count}");
            foreach (var (key, metrics) in _naive.Windows)
                Assert.True(_sink.Rows[key].Metrics == metrics, $"seed {_seed}: {key} expected {metrics}, got {_sink.Rows[key].Metrics}");
            Assert.Equal(head.Position, head.PublishedPosition);
            foreach (var kind in (SideOutputKind[])[SideOutputKind.Late, SideOutputKind.Quarantine])
            {
                var kept = await _state.ReadSideOutputsAsync(0, kind, 0, int.MaxValue, CancellationToken.None);
                Assert.Equal(_naive.SideOutputs.Where(o => o.Kind == kind).Select(o => (long)o.Index), kept.Select(o => o.Sequence));
            }
        }

        private async Task<bool> IsDoneAsync() =>
            (await _state.ListHeadsAsync(CancellationToken.None)).SingleOrDefault()?.Position == _log.GetRange(0).Next - 1;

        private async Task OpenAsync(PartitionSession? _)
        {
            Takeovers += _owners.Count > 0 ? 1 : 0;
            _owners.Add(await PartitionSession.OpenAsync(
                0, $"owner-{_random.Next(100)}", _log, _state, _sink, _options, _streamOptions, TimeProvider.System, CancellationToken.None));
        }

        private async Task WorkAsync(PartitionSession owner)
        {
            switch (_random.Next(4))
            {
                case 0:
                    await owner.StepAsync(CancellationToken.None);
                    break;
                case 1:
                    await owner.SettleAsync(CancellationToken.None);
                    break;
                default:
                    await owner.DeliverAsync(await RandomBatchAsync(), CancellationToken.None);
                    break;
            }
        }

        /// <summary>Any run of records: before, over or past the committed position.</summary>
        private async Task<RecordBatch> RandomBatchAsync()
        {
            var whole = new RecordBatch();
            var head = (await _state.ListHeadsAsync(CancellationToken.None))[0].Position;
            var from = Math.Clamp(head + _random.Next(-30, 30), 0, _log.GetRange(0).Next);
            await _log.ReadAsync(0, from, 20 + _random.Next(3000), whole, CancellationToken.None);
            return whole;
        }

        private async ValueTask AtStepAsync(string step)
        {
            CrashSometimes(step);
            // A rival takes the partition over while the owner is in the middle of this very step.
            if (_faults && _random.Next(60) == 0)
                await GuardAsync(null, OpenAsync);
        }

        private void CrashSometimes(string step)
        {
            if (!_faults || _random.Next(15) != 0)
                return;
            Crashes++;
            throw new SimulatedCrashException(step);
        }

        private async Task GuardAsync(PartitionSession? owner, Func<PartitionSession?, Task> action)
        {
            try
            {
                await action(owner);
            }
            catch (Exception failure) when (failure is SimulatedCrashException or StaleOwnerException or CommitConflictException)
            {
                // Whatever ends a session ends it for good: its memory may be ahead of what is committed.
                if (owner != null)
                    _owners.Remove(owner);
            }
        }
    }
}
