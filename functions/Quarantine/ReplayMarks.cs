using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Documents;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Quarantine;

/// <summary>
/// Which quarantined events were sent again, beside the partitions' state. An event is claimed before it is sent and marked after: who finds a claim
/// without a mark knows that it may be on the hub. Marks of 256 sequence numbers lie in one document, which changes under its ETag, so of two replays at
/// once one gets an event and the other hears of it.
/// </summary>
/// <remarks>A claim and a mark of an event that lies alone cost about 1 + 5 request units each; of 256 that lie together, a document of 45 KB, about 5 + 20 each (docs/scale.md has the vendor's figures by size).</remarks>
/// <param name="documents">The container of the partitions' state.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayMarks(IDocuments documents, TimeProvider time)
{
    /// <summary>How long a replay is taken to be at what it has claimed. A send with all the client's tries takes less, or the same event goes twice, which is harmless.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private const int BlockSize = 256;

    // A batch of as many full documents is below the service's 2 MB.
    private const int BlocksAtOnce = 16;

    /// <summary>Which of some side outputs of a partition were sent.</summary>
    public async ValueTask<IReadOnlySet<long>> FindSentAsync(int partition, IReadOnlyList<SideOutput> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var sent = new HashSet<long>();
        foreach (var blocks in outputs.Select(output => output.Sequence / BlockSize).Distinct().Chunk(BlocksAtOnce))
        {
            foreach (var document in await ReadAsync(partition, blocks, cancellationToken))
                sent.UnionWith(document.Marks.Values.Where(mark => mark.IsSent).Select(mark => mark.Sequence));
        }

        return sent;
    }

    /// <summary>What may be done with some events of a partition. Changes nothing.</summary>
    public async Task<IReadOnlyList<ReplayVerdict>> JudgeAsync(int partition, IReadOnlyList<ReplayItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var known = new Dictionary<long, ReplayMark>();
        foreach (var blocks in items.Select(item => item.Place.Sequence / BlockSize).Distinct().Chunk(BlocksAtOnce))
        {
            foreach (var mark in (await ReadAsync(partition, blocks, cancellationToken)).SelectMany(document => document.Marks.Values))
                known[mark.Sequence] = mark;
        }

        var now = NowMs;
        return [.. items.Select(item => ReplayMark.Judge(known.GetValueOrDefault(item.Place.Sequence), item.IdText, now))];
    }

    /// <summary>Claims those events of a partition that may be sent.</summary>
    /// <returns>The verdict on each; the free ones are claimed by this holder, durably.</returns>
    public async Task<IReadOnlyDictionary<long, ReplayVerdict>> ClaimAsync(int partition, IReadOnlyList<ReplayItem> items, string holder, CancellationToken cancellationToken)
    {
        var verdicts = new Dictionary<long, ReplayVerdict>();
        await ChangeAsync(
            partition,
            items,
            (before, item) =>
            {
                var now = NowMs;
                verdicts[item.Place.Sequence] = ReplayMark.Judge(before, item.IdText, now);
                // What holds for an earlier try holds for all.
                var safe = Math.Min(before?.SafeUntilMs ?? long.MaxValue, item.SafeUntilMs);
                return verdicts[item.Place.Sequence] == ReplayVerdict.Free
                    ? new ReplayMark(item.Place.Sequence, item.IdText, safe, now + (long)Hold.TotalMilliseconds, holder, IsSent: false)
                    : before;
            },
            cancellationToken);
        return verdicts;
    }

    /// <summary>Marks events of a partition as sent.</summary>
    public Task NoteSentAsync(int partition, IReadOnlyList<ReplayItem> items, CancellationToken cancellationToken) => ChangeAsync(
        partition,
        items,
        (_, item) => new ReplayMark(item.Place.Sequence, "", 0, 0, "", IsSent: true),
        cancellationToken);

    /// <summary>Gives claims back that the hub did not acknowledge. It may have the events all the same, so how long their ids are remembered stays.</summary>
    public Task ReleaseAsync(int partition, IReadOnlyList<ReplayItem> items, string holder, CancellationToken cancellationToken) => ChangeAsync(
        partition,
        items,
        (before, _) => before is { IsSent: false } && before.Holder == holder ? before with { HeldUntilMs = 0 } : before,
        cancellationToken);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task ChangeAsync(int partition, IReadOnlyList<ReplayItem> items, Func<ReplayMark?, ReplayItem, ReplayMark?> change, CancellationToken cancellationToken)
    {
        foreach (var some in items.GroupBy(item => item.Place.Sequence / BlockSize).Chunk(BlocksAtOnce))
        {
            while (!await TryChangeAsync(partition, some, change, cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // False when somebody else came between.
    private async Task<bool> TryChangeAsync(
        int partition, IReadOnlyList<IGrouping<long, ReplayItem>> blocks, Func<ReplayMark?, ReplayItem, ReplayMark?> change, CancellationToken cancellationToken)
    {
        var writes = new List<DocumentWrite>();
        foreach (var (block, items) in (await ReadAsync(partition, [.. blocks.Select(block => block.Key)], cancellationToken)).Zip(blocks))
        {
            var isChanged = false;
            foreach (var item in items)
            {
                var before = block.Marks.GetValueOrDefault(item.Place.Sequence);
                if (change(before, item) is not { } after || after == before)
                    continue;
                block.Marks[item.Place.Sequence] = after;
                isChanged = true;
            }

            var document = new ReplayMarksDocument { Id = block.Id, Pk = HeadDocument.PkOf(partition), Marks = [.. block.Marks.Values] };
            if (isChanged)
                writes.Add(DocumentWrite.Over(block.Stored, block.Id, document, DocumentJson.Default.ReplayMarksDocument));
        }

        return writes.Count == 0 || await documents.WriteAsync(HeadDocument.PkOf(partition), writes, cancellationToken) is not null;
    }

    private async Task<Block[]> ReadAsync(int partition, long[] blocks, CancellationToken cancellationToken) => await Task.WhenAll(blocks.Select(async block =>
    {
        var id = "r:" + Bodies.Number(block);
        var stored = await documents.FindAsync(HeadDocument.PkOf(partition), id, cancellationToken);
        var marks = stored?.Read(DocumentJson.Default.ReplayMarksDocument).Marks ?? [];
        return new Block(id, stored, marks.ToDictionary(mark => mark.Sequence));
    }));

    private sealed record Block(string Id, StoredDocument? Stored, Dictionary<long, ReplayMark> Marks);
}
