using ClickFuncs.Quarantine;
using ClickFuncs.State;

namespace ClickFuncs.Local.Quarantine;

/// <summary>Lists late or quarantined events page by page.</summary>
internal sealed class SideOutputPages(IPartitionStateStore state, int partitions)
{
    private const int ReadSize = 500;

    // A filter that finds little still gives an answer in bounded time, with a place to go on from.
    private const int MostLookedAt = 20_000;

    /// <summary>One page.</summary>
    public async ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, Func<int, long, bool> isReplayed, CancellationToken cancellationToken)
    {
        var entries = new List<QuarantineEntry>();
        var (partition, from, looked) = (query.Partition, query.FromSequence, 0);
        while (partition < partitions)
        {
            var outputs = await state.ReadSideOutputsAsync(partition, query.Kind, from, ReadSize, cancellationToken);
            foreach (var output in outputs)
            {
                if (entries.Count == query.Limit || looked == MostLookedAt)
                    return new QuarantinePage(entries, new QuarantinePlace(partition, output.Sequence));
                looked++;
                if (query.Reason is null || query.Reason == output.Reason)
                    entries.Add(Entry(partition, output, isReplayed(partition, output.Sequence)));
            }

            (partition, from) = outputs.Count < ReadSize ? (partition + 1, 0) : (partition, outputs[^1].Sequence + 1);
        }

        return new QuarantinePage(entries, null);
    }

    private static QuarantineEntry Entry(int partition, SideOutput output, bool isReplayed) => new(
        new QuarantinePlace(partition, output.Sequence), output.Reason, DateTimeOffset.FromUnixTimeMilliseconds(output.ArrivalMs),
        QuarantinedText.Of(output.Record.Span), isReplayed);
}
