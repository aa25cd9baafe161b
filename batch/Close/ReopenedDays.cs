using ClickFuncs.Batch.Compaction;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>Finds closed days that the archive has got events for since.</summary>
internal sealed class ReopenedDays(ILake lake, CloseRecords records)
{
    /// <summary>The days, ascending, of those before <paramref name="date"/> that were closed and have parts with records after their cut.</summary>
    public async Task<IReadOnlyList<DateOnly>> FindAsync(DateOnly date, int days, CancellationToken cancellationToken)
    {
        var found = new List<DateOnly>();
        for (var day = date.AddDays(-days); day < date; day = day.AddDays(1))
        {
            if (await records.FindNewestAsync(day, cancellationToken) is { } record && await HasNewAsync(record, cancellationToken))
                found.Add(day);
        }

        return found;
    }

    private async Task<bool> HasNewAsync(CloseRecord record, CancellationToken cancellationToken)
    {
        var cut = record.Cut.ToDictionary(entry => entry.Partition, entry => entry.Sequence);
        // Events of the evening before may make clicks of the day too fast.
        var (day, first) = (EventDays.Of(record.Date), EventDays.Of(record.Date) - (record.Rules == null ? 0 : 1));
        var manifests = new PartManifests(lake);
        foreach (var slice in await manifests.ListSlicesAsync(cancellationToken))
        {
            await foreach (var part in manifests.ReadBackAsync(slice, cancellationToken))
            {
                // Parts are in order, the newest first: before one that the close had whole there is nothing new.
                if (part.Partitions.All(range => range.NextSequence - 1 <= cut.GetValueOrDefault(range.Partition, -1)))
                    break;
                if (part.Files.Any(file => file.Bucket >= 0 && file.FirstDay <= day && file.LastDay >= first))
                    return true;
            }
        }

        return false;
    }
}
