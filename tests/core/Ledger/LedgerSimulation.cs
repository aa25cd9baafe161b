using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Core.Tests.Ledger;

/// <summary>
/// Closes of several days in any order and revision, payments and credits, all repeated at will and killed before or after any
/// write. Whatever happens, money is neither made nor lost, and what is charged in the end is what the last recount said.
/// A failure names its seed. More seeds: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class LedgerSimulation
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 300;

    [Fact]
    public async Task Ledger_ClosesPaymentsAndCrashesInAnyOrder_KeepsEveryMicro()
    {
        var (crashes, corrections) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new Run(seed);
            await run.ToEndAsync();
            (crashes, corrections) = (crashes + run.Crashes, corrections + run.Corrections);
        }

        // The simulation must have had something to survive.
        Assert.True(crashes > Seeds, $"only {crashes} crashes");
        Assert.True(corrections > Seeds, $"only {corrections} corrections");
    }

    private sealed class Run
    {
        private static readonly JournalId[] Journals = [new("adv_1", "USD"), new("adv_1", "JPY"), new("adv_2", "USD")];
        private static readonly string[] Campaigns = ["cmp_1", "cmp_2", "cmp_3"];

        private readonly int _seed;
        private readonly Random _random;
        private readonly InMemoryLedger _ledger = new();
        private readonly DayCharging _charging;

        // The plain reference: what each day and campaign was last said to cost, and what came in.
        private readonly Dictionary<(JournalId Journal, DateOnly Day, string Campaign), ChargeAmount> _truth = [];
        private readonly Dictionary<(JournalId Journal, string Id), LedgerPosting> _settled = [];
        private readonly Dictionary<DateOnly, Close> _closes = [];
        private DateOnly _today = LedgerSamples.Day.AddDays(4);
        private bool _faults = true;

        public Run(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            _charging = new DayCharging(_ledger);
            _ledger.AtStep = step =>
            {
                if (!_faults || _random.Next(6) != 0)
                    return;
                Crashes++;
                throw new SimulatedCrashException(step);
            };
        }

        public int Crashes { get; private set; }

        public int Corrections { get; private set; }

        public async Task ToEndAsync()
        {
            for (var step = 0; step < 40; step++)
            {
                try
                {
                    await (_random.Next(3) == 0 ? SettleAsync() : CloseAsync(LedgerSamples.Day.AddDays(_random.Next(3))));
                }
                catch (SimulatedCrashException)
                {
                    // Whoever was at it will come again, or not before the end.
                }

                _today = _today.AddDays(_random.Next(2));
                await AssertBalancedAsync();
            }

            _faults = false;
            foreach (var day in _closes.Where(close => !close.Value.IsDone).Select(close => close.Key).ToList())
                await CloseAsync(day);
            foreach (var ((journal, _), posting) in _settled)
                await _ledger.PostAsync(journal, [posting], null, CancellationToken.None);
            await AssertMatchesReferenceAsync();
        }

        private async Task CloseAsync(DateOnly day)
        {
            var last = _closes.GetValueOrDefault(day) ?? new Close(0, [], IsDone: true);
            // An unfinished close goes on with what it counted; a finished one is sometimes run once more.
            var close = last.Revision > 0 && (!last.IsDone || _random.Next(4) == 0) ? last : new Close(last.Revision + 1, RandomTotals(), IsDone: false);
            _closes[day] = close;
            var result = await _charging.ChargeAsync(new DayClose(day, close.Revision, _today), close.Totals, CancellationToken.None);
            _closes[day] = close with { IsDone = true };
            Assert.True(result.Entries.All(entry => entry.Posting.Revision == close.Revision && entry.Posting.ClickDay == day), $"seed {_seed}");

            foreach (var key in _truth.Keys.Where(key => key.Day == day).ToList())
                _truth[key] = default;
            foreach (var total in close.Totals)
                _truth[(total.Journal, day, total.CampaignId)] = total.Total;
        }

        private async Task SettleAsync()
        {
            var (journal, reference) = (Journals[_random.Next(Journals.Length)], $"{_random.Next(20)}");
            var posting = _random.Next(2) == 0
                ? LedgerPostings.Payment(journal, reference, _random.Next(1, 1_000_000), _today)
                : LedgerPostings.Credit(journal, reference, _random.Next(1, 1_000_000), _today, "goodwill");
            // The same reference again is the same payment again, said as it was said first.
            if (!_settled.TryAdd((journal, posting.EntryId), posting))
                posting = _settled[(journal, posting.EntryId)];
            await _ledger.PostAsync(journal, [posting], null, CancellationToken.None);
        }

        private CampaignTotal[] RandomTotals() =>
        [
            .. from journal in Journals
               from campaign in Campaigns
               where _random.Next(4) > 0
               select new CampaignTotal(journal, campaign, new ChargeAmount(_random.Next(3) * 450_000L, _random.Next(3))),
        ];

        private async Task<List<LedgerEntry>> EntriesAsync()
        {
            var entries = new List<LedgerEntry>();
            foreach (var journal in Journals)
                entries.AddRange(await _ledger.ReadAllAsync(journal, CancellationToken.None).ToListAsync());
            return entries;
        }

        private async Task AssertBalancedAsync()
        {
            var entries = await EntriesAsync();
            foreach (var currency in entries.GroupBy(entry => entry.Journal.Currency))
                Assert.True(currency.SelectMany(entry => entry.Posting.Legs).Sum(leg => leg.AmountMicros) == 0, $"seed {_seed}: {currency.Key} does not sum to zero");
            Assert.True(entries.DistinctBy(entry => (entry.Journal, entry.Posting.EntryId)).Count() == entries.Count, $"seed {_seed}: an entry is there twice");
        }

        private async Task AssertMatchesReferenceAsync()
        {
            await AssertBalancedAsync();
            var entries = await EntriesAsync();
            Corrections = entries.Count(entry => entry.Posting.Kind == LedgerEntryKind.Correction);
            foreach (var (key, total) in _truth)
            {
                var charged = entries.Where(entry => entry.Journal == key.Journal && entry.Posting.ClickDay == key.Day && entry.Posting.CampaignId == key.Campaign).ToList();
                var sum = new ChargeAmount(charged.Sum(entry => entry.Posting.AmountMicros), charged.Sum(entry => entry.Posting.Clicks));
                Assert.True(sum == total, $"seed {_seed}: {key} is charged {sum}, not {total}");
                Assert.True(charged.Skip(1).All(entry => entry.Posting.Corrects == charged[0].Posting.EntryId), $"seed {_seed}: {key} has a correction of something else");
            }

            foreach (var journal in Journals)
            {
                var owed = _truth.Where(truth => truth.Key.Journal == journal).Sum(truth => truth.Value.Micros)
                    + _settled.Where(settled => settled.Key.Journal == journal).Sum(settled => settled.Value.AmountMicros);
                var balance = (await _ledger.GetBalanceAsync(journal, CancellationToken.None)).Head.BalanceMicros;
                Assert.True(balance == owed, $"seed {_seed}: {journal} owes {balance}, not {owed}");
            }

            Assert.Equal(_settled.Count, entries.Count(entry => !entry.Posting.Kind.IsForClicks()));
            Assert.Empty(await new LedgerVerification(_ledger, []).RunAsync(CancellationToken.None));
        }
    }

    private sealed record Close(int Revision, CampaignTotal[] Totals, bool IsDone);
}
