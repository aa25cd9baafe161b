using ClickFuncs.Analytics;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Tests.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tables;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.Functions.Tests.Kusto;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Ledger;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Ledger;
using ClickFuncs.Testing.Workflows;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>
/// The nightly close as the Azure app runs it, on the vendor's Durable worker and in-process host and over the Azure adapters, beside the embedded runner over
/// stores in memory: the same events come to the same files, byte for byte, and to the same ledger.
/// </summary>
public sealed class NightlyCloseTests
{
    private const long Midnight = 1_782_864_000_000;
    private const long Noon = Midnight + (12 * Granularities.HourMs);

    private static readonly CloseRequest Night = new(new DateOnly(2026, 7, 1));

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token;

    [Fact]
    public async Task Night_OnDurable_ComesToTheFilesAndTheLedgerOfTheEmbeddedRunner()
    {
        var durable = new Day(new KustoAnalytics(new PlainKusto(), new KustoOptions(), TimeSpan.FromSeconds(15)), new TableLedger(new InMemoryDocuments(1 << 20, 4 << 20)));
        var embedded = new Day(new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15)), new InMemoryLedger());
        foreach (var day in new[] { durable, embedded })
            await day.PlayAsync();

        // Once as it stands, and once again after more came for the day: a second revision, with the difference in the ledger.
        for (var revision = 1; revision <= 2; revision++)
        {
            var onDurable = await RunOnDurableAsync(durable, $"night-{revision}");
            var onEmbedded = await RunEmbeddedAsync(embedded, $"night-{revision}");
            Assert.Equal((WorkflowState.Completed, WorkflowState.Completed), (onDurable.State, onEmbedded.State));
            Assert.Equal(onEmbedded.Output, onDurable.Output);
            Assert.Equal(revision, Assert.Single(onDurable.ReadOutput<IReadOnlyList<CloseOutcome>>()).Revision);

            Assert.Equal(string.Join('\n', await embedded.EntriesAsync()), string.Join('\n', await durable.EntriesAsync()));
            Assert.NotEmpty(await durable.EntriesAsync());
            Assert.Equal(embedded.Files(), durable.Files());
            Assert.Contains(durable.Files(), file => file.Contains("reconciliation.json", StringComparison.Ordinal));
            await durable.PlayMoreAsync();
            await embedded.PlayMoreAsync();
        }
    }

    private static async Task<WorkflowStatus> RunOnDurableAsync(Day day, string id)
    {
        var catalog = day.Catalog();
        await using var host = await DurableHost.StartAsync(catalog);
        var client = new DurableWorkflowClient(host.Client, catalog);
        await client.StartAsync(new NightlyWorkflow(new CloseOptions()), id, Night, StartPolicy.OnlyOnce, Patience);
        return await client.WaitAsync(id, Patience);
    }

    private static async Task<WorkflowStatus> RunEmbeddedAsync(Day day, string id)
    {
        // In real time, as on the other side: a correction bears the date on which it is posted.
        await using var runner = new WorkflowRunner(
            day.Catalog(), new InMemoryWorkflowJournal(), new WorkflowOptions(), TimeProvider.System, NullLogger<WorkflowRunner>.Instance);
        await runner.ResumeAsync(Patience);
        await runner.StartAsync(new NightlyWorkflow(new CloseOptions()), id, Night, StartPolicy.OnlyOnce, Patience);
        return await runner.WaitAsync(id, Patience);
    }

    /// <summary>A day of two advertisers, with a burst that the night judges, repeats and events of the next day, over stores of its own.</summary>
    private sealed class Day
    {
        private static readonly string[] Random = ["capture/", "closes-begun/", "parquet/manifests/"];

        private readonly ArchiveRig _archive = new();
        private readonly PublishingStream _stream;
        private readonly IAnalyticsTruth _truth;
        private readonly ILedger _ledger;

        public Day(IAnalyticsStore analytics, ILedger ledger)
        {
            (_truth, _ledger) = ((IAnalyticsTruth)analytics, ledger);
            _stream = new PublishingStream(_archive, analytics, new ProcessorOptions());
        }

        public async Task PlayAsync()
        {
            for (var i = 0; i < 40; i++)
                _stream.Append(new TestEvent { ClickId = $"fast_{i}", TimeMs = Noon + (i * 10), Ip = "203.0.113.9" });
            for (var i = 0; i < 200; i++)
            {
                var key = new TestEvent().Key with { AdvertiserId = $"adv_{1 + (i % 150 % 2)}", CampaignId = $"cmp_{i % 150 % 3}" };
                _stream.Append(new TestEvent { ClickId = $"slow_{i % 150}", TimeMs = Noon + (i * 60_000), Ip = $"203.0.{i % 7}.{i % 150}", Key = key });
            }

            _stream.Append(new TestEvent { ClickId = "next_day", TimeMs = Midnight + Granularities.DayMs + Granularities.HourMs, Ip = "203.0.113.1" });
            await _stream.PublishAsync();
        }

        public async Task PlayMoreAsync()
        {
            _stream.Append(new TestEvent { ClickId = "late", TimeMs = Noon + 5, Ip = "203.0.113.77", ArrivalDelayMs = 20 * Granularities.HourMs });
            await _stream.PublishAsync();
        }

        public WorkflowCatalog Catalog()
        {
            var (catalog, close) = (new WorkflowCatalog(), new CloseOptions());
            new DayCloseActivities(
                new CloseStores(_archive.Lake, _truth, _ledger, _stream),
                new CloseSettings(
                    close, _archive.Recount, new ReconciliationOptions(), new CountingPolicy(), Partitions: 1,
                    JudgementRules.Of(new VelocityOptions(), new VerdictOptions())),
                new Compactor(_archive.Lake, _archive.Hub, _archive.Compaction, ArchiveRig.Pseudonyms, NullLogger<Compactor>.Instance),
                NullLoggerFactory.Instance).Bind(catalog);
            return catalog;
        }

        /// <summary>
        /// Every file that the close makes, by its content: parts, recounts, reports, records. But for the marks of who began a revision, which is a random
        /// name, and the parts' manifests, which name the digests of capture files: those have random marks between their blocks.
        /// </summary>
        public IReadOnlyList<string> Files() =>
            [.. _archive.Lake.Paths.Where(path => !Random.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
                .Select(path => $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(_archive.Lake[path]))}")];

        /// <summary>Every entry of the ledger, with the hash over all before it.</summary>
        public async Task<IReadOnlyList<string>> EntriesAsync()
        {
            var entries = new List<string>();
            foreach (var head in (await _ledger.ListJournalsAsync(CancellationToken.None)).OrderBy(head => $"{head.Journal}", StringComparer.Ordinal))
            {
                foreach (var entry in await _ledger.ReadJournalAsync(head.Journal, 0, 100, CancellationToken.None))
                    entries.Add($"{entry.Journal} {entry.Sequence} {entry.Posting with { Legs = [] }} {string.Join(' ', entry.Posting.Legs)} {entry.Hash}");
            }

            return entries;
        }
    }
}
