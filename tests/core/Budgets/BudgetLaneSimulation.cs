using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Core.Tests.Budgets;

/// <summary>
/// The lane under crashes at every step of its stores and its source, redelivery, and rivals that take it over in the middle of anything.
/// Whatever happens, spend ends as the plain sum has it, and is never above it on the way. A failure names its seed. More seeds: set
/// CLICKFUNCS_SEEDS.
/// </summary>
public sealed class BudgetLaneSimulation
{
    private const int Partitions = 4;

    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 300;

    [Fact]
    public async Task Lane_CrashesRivalsAndRedelivery_SpendIsExact()
    {
        var (crashes, takeovers) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new Run(seed);
            await run.ToEndAsync();
            (crashes, takeovers) = (crashes + run.Crashes, takeovers + run.Takeovers);
        }

        Assert.True(crashes > Seeds, $"only {crashes} crashes");
        Assert.True(takeovers > Seeds / 4, $"only {takeovers} takeovers");
    }

    private sealed class Run
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly InMemoryBudgetStore _store = new();
        private readonly BudgetBoard _board = new();
        private readonly BudgetOptions _options = new() { CampaignRiskMicros = BudgetRules.MaxMicros, TotalRiskMicros = BudgetRules.MaxMicros };
        private readonly List<SpendReport> _reports = [];
        private readonly long[] _ends = [.. Enumerable.Repeat(0L, Partitions)];
        private readonly List<BudgetLane> _owners = [];
        private long _committed = -1;
        private bool _faults;

        public Run(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            var spent = new Dictionary<(int, int, int), long>();
            for (var i = 0; i < 30 + _random.Next(300); i++)
            {
                var partition = _random.Next(Partitions);
                _ends[partition] += 1 + _random.Next(50);
                var minute = (i / 4) - _random.Next(16);
                var partials = Enumerable.Range(0, 1 + _random.Next(3)).Select(campaign => BudgetSamples.Partial(
                    _ends[partition] - 1, spent[(campaign, partition, minute)] = spent.GetValueOrDefault((campaign, partition, minute)) + _random.Next(900_000),
                    partition, minute, $"cmp_{campaign}"));
                _reports.Add(new SpendReport(partition, _ends[partition] - 1, BudgetSamples.Noon + ((i / 4) - 16) * 60_000L, [.. partials]));
            }

            Truth = spent.GroupBy(slot => $"cmp_{slot.Key.Item1}").ToDictionary(group => group.Key, group => group.Sum(slot => slot.Value));
            _store.AtStep = AtStepAsync;
        }

        public int Crashes { get; private set; }

        public int Takeovers { get; private set; }

        private Dictionary<string, long> Truth { get; }

        public async Task ToEndAsync()
        {
            for (var campaign = 0; campaign < 3; campaign++)
                await _store.PutAsync(BudgetSamples.Budget($"cmp_{campaign}") with { Start = new DateOnly(2026, 6, 1) }, null, CancellationToken.None);
            _faults = true;
            for (var step = 0; step < 2000 && _committed < _reports.Count - 1; step++)
            {
                if (_owners.Count == 0 || _random.Next(30) == 0)
                    await GuardAsync(null, OpenAsync);
                else
                    await GuardAsync(_owners[_random.Next(_owners.Count)], owner => StepAsync(owner!));
            }

            _faults = false;
            _owners.Clear();
            await OpenAsync(null);
            var last = _owners.Single();
            while (last.ReadThrough < _reports.Count - 1)
                await StepAsync(last);
            last.NoteLogEnds(BudgetSamples.Noon, _ends);
            last.Decide(BudgetSamples.Noon);
            AssertExact();
        }

        private void AssertExact()
        {
            Assert.Equal(BudgetSamples.Noon, _board.Current.AsOfMs);
            foreach (var entry in _board.Current.Entries)
            {
                var expected = Truth.GetValueOrDefault(entry.Stored.Budget.CampaignId);
                Assert.True(
                    entry.Figures.TotalMicros == expected,
                    $"seed {_seed}: {entry.Stored.Budget.CampaignId} spent {expected}, the lane says {entry.Figures.TotalMicros}");
            }
        }

        private async Task OpenAsync(BudgetLane? _)
        {
            Takeovers += _owners.Count > 0 ? 1 : 0;
            _owners.Add(await BudgetLane.OpenAsync(Partitions, _store, _store, _board, _options, CancellationToken.None));
        }

        private async Task StepAsync(BudgetLane lane)
        {
            // Some of what is next, and now and then some of what was before: redelivery.
            var next = (int)lane.ReadThrough + 1;
            var from = _random.Next(4) == 0 ? Math.Max(0, next - _random.Next(10)) : next;
            var to = Math.Min(_reports.Count, next + 1 + _random.Next(10));
            await lane.ApplyAsync(new SpendBatch(_reports[from..to], to - 1, to == _reports.Count), CancellationToken.None);
            _committed = lane.ReadThrough;
            lane.Decide(BudgetSamples.Noon);
            foreach (var entry in _board.Current.Entries)
                Assert.True(entry.Figures.TotalMicros <= Truth.GetValueOrDefault(entry.Stored.Budget.CampaignId), $"seed {_seed}: inflated on the way");
        }

        private async Task GuardAsync(BudgetLane? owner, Func<BudgetLane?, Task> work)
        {
            try
            {
                await work(owner);
            }
            catch (Exception failure) when (failure is SimulatedCrashException or SpendTakenOverException)
            {
                Crashes += failure is SimulatedCrashException ? 1 : 0;
                if (owner is not null)
                    _owners.Remove(owner);
            }
        }

        private async ValueTask AtStepAsync(string step)
        {
            if (!_faults)
                return;
            if (_random.Next(20) == 0)
                throw new SimulatedCrashException(step);
            // A rival acts exactly here.
            if (_random.Next(60) == 0)
                await GuardAsync(null, OpenAsync);
        }
    }
}
