using System.Globalization;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Retirement;

/// <summary>Finds out up to which part everything is closed: each event of it belongs to a day whose newest close has counted it.</summary>
internal sealed class ClosedParts(ILake lake, ScratchOptions scratch)
{
    private readonly PartManifests _manifests = new(lake);
    private readonly CloseRecords _records = new(lake);
    private readonly Dictionary<int, CloseRecord?> _closes = [];

    /// <summary>The last part of a slice that is closed, as are those before it.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="after">A part that is known to be.</param>
    /// <param name="isYoung">Whether a part has files that are not old enough, so that looking further is no use.</param>
    /// <param name="cancellationToken">Stops between two parts.</param>
    /// <returns>The part, null for none; and why the next one is not closed, null if there is no next one or it is young.</returns>
    internal async Task<(PartManifest? Part, string? HeldBack)> FindLastAsync(
        string slice, int after, Func<PartManifest, bool> isYoung, CancellationToken cancellationToken)
    {
        var last = after > 0 ? await TryReadAsync(slice, after, cancellationToken) : null;
        for (var number = after + 1; await TryReadAsync(slice, number, cancellationToken) is { } part; number++)
        {
            if (isYoung(part))
                break;
            if (await FindOpenDayAsync(part, cancellationToken) is { } day)
                return (last, string.Create(CultureInfo.InvariantCulture, $"{day} has events in {part.Path} that no close has counted; 'reconcile --date {day}' closes it"));
            last = part;
        }

        return (last, null);
    }

    private async Task<PartManifest?> TryReadAsync(string slice, int number, CancellationToken cancellationToken)
    {
        var path = PartPaths.Manifest(slice, number);
        return await lake.FindAsync(path, cancellationToken) is null ? null : (await _manifests.ReadAsync(path, cancellationToken)).Manifest;
    }

    private async Task<string?> FindOpenDayAsync(PartManifest part, CancellationToken cancellationToken)
    {
        var days = new SortedSet<int>();
        foreach (var file in part.Files.Where(file => file.Bucket >= 0))
        {
            if (file.FirstDay == file.LastDay)
                days.Add(file.FirstDay);
            else
                await AddDaysAsync(days, file.Path, cancellationToken);
        }

        foreach (var day in days)
        {
            if (!await IsClosedAsync(day, part, cancellationToken))
                return EventDays.Text(day);
        }

        return null;
    }

    private async Task<bool> IsClosedAsync(int day, PartManifest part, CancellationToken cancellationToken)
    {
        if (!_closes.TryGetValue(day, out var close))
            _closes[day] = close = await _records.FindNewestAsync(EventDays.ToDate(day), cancellationToken);
        return close != null && part.Partitions.All(range => range.NextSequence == range.FirstSequence
            || close.Cut.Any(entry => entry.Partition == range.Partition && entry.Sequence >= range.NextSequence - 1));
    }

    // A file of many days says only the first and the last.
    private async Task AddDaysAsync(SortedSet<int> days, string path, CancellationToken cancellationToken)
    {
        await using var local = await lake.FetchAsync(path, cancellationToken);
        using var database = new ScratchDatabase(scratch);
        using var reader = database.Query(
            $"SELECT DISTINCT (event_time_ms // {EventDays.DayMs})::INTEGER FROM read_parquet({SqlText.Of(local.LocalPath)})", cancellationToken);
        while (reader.Read())
            days.Add(reader.GetInt32(0));
    }
}
