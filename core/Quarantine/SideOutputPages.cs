using ClickFuncs.State;

namespace ClickFuncs.Quarantine;

/// <summary>Lists late or quarantined events page by page.</summary>
/// <param name="state">Where side outputs are.</param>
/// <param name="partitions">How many partitions there are.</param>
public sealed class SideOutputPages(IPartitionStateStore state, int partitions)
{
    private const int ReadSize = 500;

    // A filter that finds little still gives an answer in bounded time, with a place to go on from.
    private const int MostLookedAt = 20_000;

    private static readonly HashSet<long> EmptySet = [];

    /// <summary>One page.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="findReplayed">Which of some side outputs of a partition, ascending, were sent again: their sequence numbers.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, FindReplayed findReplayed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(findReplayed);
        var entries = new List<QuarantineEntry>();
        var (partition, from, looked) = (query.Partition, query.FromSequence, 0);
        while (partition < partitions)
        {
            var outputs = await state.ReadSideOutputsAsync(partition, query.Kind, from, ReadSize, cancellationToken).ConfigureAwait(false);
            IReadOnlySet<long> replayed = outputs.Count == 0 ? EmptySet : await findReplayed(partition, outputs, cancellationToken).ConfigureAwait(false);
            foreach (var output in outputs)
            {
                if (entries.Count == query.Limit || looked == MostLookedAt)
                    return new QuarantinePage(entries, new QuarantinePlace(partition, output.Sequence));
                looked++;
                if (query.Reason is null || query.Reason == output.Reason)
                    entries.Add(Entry(partition, output, replayed.Contains(output.Sequence)));
            }

            (partition, from) = outputs.Count < ReadSize ? (partition + 1, 0) : (partition, outputs[^1].Sequence + 1);
        }

        return new QuarantinePage(entries, null);
    }

    private static QuarantineEntry Entry(int partition, SideOutput output, bool isReplayed) => new(
        new QuarantinePlace(partition, output.Sequence), output.Reason, DateTimeOffset.FromUnixTimeMilliseconds(output.ArrivalMs),
        QuarantinedText.Of(output.Record.Span), isReplayed);
}

/// <summary>Which of some side outputs of a partition were sent again.</summary>
/// <param name="partition">The partition.</param>
/// <param name="outputs">The side outputs, ascending by sequence number; at least one.</param>
/// <param name="cancellationToken">Stops looking.</param>
/// <returns>The sequence numbers of those that were.</returns>
public delegate ValueTask<IReadOnlySet<long>> FindReplayed(int partition, IReadOnlyList<SideOutput> outputs, CancellationToken cancellationToken);
