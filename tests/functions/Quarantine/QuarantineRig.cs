using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Functions.Quarantine;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Testing.Time;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Quarantine;

/// <summary>A hub, the app's own counting on the stores' fakes, and processes that replay; the counting lives on whatever becomes of them.</summary>
internal sealed class QuarantineRig
{
    public const int Partitions = 2;

    private static readonly TrafficJudge Judge = new(new VerdictOptions(), KnownBots.Load());

    private readonly InMemoryDocuments _documents = new();
    private readonly InMemoryLake _lake = new();
    private readonly VersionedSink _sink = new();
    private readonly PartitionDeliveries _counting;
    private readonly long[] _delivered = new long[Partitions];

    public QuarantineRig()
    {
        Hub = new MemoryHub(Partitions, Clock);
        _counting = new PartitionDeliveries(Hub, StateOver(_documents), _sink, Options, new StreamOptions(), Clock, "counting");
    }

    public ManualClock Clock { get; } = new();

    public MemoryHub Hub { get; }

    public ProcessorOptions Options { get; } = new();

    /// <summary>Whether the trigger counts what comes.</summary>
    public bool IsCounting { get; set; } = true;

    /// <summary>A process; without steps one that lives.</summary>
    public AzureQuarantine Process(SteppedProcess? steps = null, ReplayBounds? bounds = null)
    {
        steps ??= new SteppedProcess();
        var documents = steps.Over(_documents);
        return new AzureQuarantine(
            new CountedState(this, StateOver(documents)), steps.Over((IClickLog)Hub), steps.Over((IPartitionSource)Hub), new ReplayMarks(documents, Clock), Judge, Options,
            bounds ?? new ReplayBounds(), Clock, NullLogger<AzureQuarantine>.Instance);
    }

    public async Task SendAsync(params TestEvent[] events)
    {
        foreach (var e in events)
            await Hub.AppendAsync(e.Fingerprint, e.Encode(), CancellationToken.None);
        await CountAsync();
    }

    /// <summary>Replays until nothing is left, and counts what was sent.</summary>
    public async Task<ReplaySummary> ReplayAsync(AzureQuarantine quarantine, params MendedEvent[] mended)
    {
        var summary = await quarantine.ReplayAsync(new ReplayRequest(null, mended, IsDryRun: false), CancellationToken.None);
        await CountAsync();
        return summary;
    }

    public async Task<IReadOnlyList<QuarantineEntry>> ListAsync(string? reason = null) =>
        (await Process().ListAsync(new QuarantineQuery(SideOutputKind.Quarantine, reason, 0, 0, 1000), CancellationToken.None)).Entries;

    /// <summary>What became of all events.</summary>
    public async Task<PartitionCounters> CountersAsync()
    {
        await CountAsync();
        return (await StateOver(_documents).ListHeadsAsync(CancellationToken.None)).Aggregate(default(PartitionCounters), (sum, head) => sum + head.Counters);
    }

    /// <summary>Records on the hub with an id in them.</summary>
    public int Copies(string id) => Hub.Records.Count(record =>
        EventDecoder.Decode(record, out var view) != EventDefect.RejectedInput && Encoding.UTF8.GetString(view.ClickId) == id);

    private async Task CountAsync()
    {
        for (var partition = 0; IsCounting && partition < Partitions; partition++)
        {
            var run = new RecordBatch();
            await Hub.ReadAsync(partition, _delivered[partition], int.MaxValue, run, CancellationToken.None);
            if (run.Count > 0)
                await _counting.DeliverAsync(partition, [run], CancellationToken.None);
            _delivered[partition] += run.Count;
        }
    }

    private CosmosPartitionState StateOver(IDocuments documents) => new(documents, _lake, Partitions);

    /// <summary>The trigger is faster than whoever looks for what it has counted.</summary>
    private sealed class CountedState(QuarantineRig rig, CosmosPartitionState inner) : IPartitionStateStore
    {
        public async ValueTask<IReadOnlyList<PartitionHead>> ListHeadsAsync(CancellationToken cancellationToken)
        {
            await rig.CountAsync();
            return await inner.ListHeadsAsync(cancellationToken);
        }

        public ValueTask<IReadOnlyList<SideOutput>> ReadSideOutputsAsync(int partition, SideOutputKind kind, long fromSequence, int limit, CancellationToken cancellationToken) =>
            inner.ReadSideOutputsAsync(partition, kind, fromSequence, limit, cancellationToken);

        public ValueTask<PartitionLease> AcquireAsync(int partition, string owner, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<PartitionRecovery> RecoverAsync(PartitionLease lease, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask CommitAsync(PartitionLease lease, PartitionCommit commit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask MarkPublishedAsync(PartitionLease lease, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask SaveSnapshotAsync(PartitionLease lease, long sequence, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
