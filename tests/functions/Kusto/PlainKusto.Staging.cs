using System.Globalization;
using System.Text.Json;
using ClickFuncs.Functions.Kusto;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>What backfills staged, and what follows from decisions.</summary>
internal sealed partial class PlainKusto
{
    private readonly record struct Minute(int Partition, DateTime At, long Version, string[] Key, long[] Counts, string Area, long Generation)
    {
        public string Id => $"{Partition} {At:O} {string.Join('\u0001', Key)}";
    }

    private readonly record struct Swap(DateTime Hour, int Number, string Area, long Generation, Dictionary<int, long> Versions);

    private IEnumerable<(string Area, long Generation, DateTime Start, DateTime End, long Sequence, string Run, Dictionary<int, long> Versions)> Decisions() =>
        _tables["Decisions"].Select(row => (row[0], Number(row[1]), At(row[2]), At(row[3]), Number(row[4]), row[5], JsonSerializer.Deserialize<Dictionary<int, long>>(row[6])!));

    // Applied areas by the hours they cover, numbered in the order in which they count.
    private List<Swap> Swapped(HashSet<string>? runs) =>
        [.. Decisions().Where(swap => swap.Start < swap.End && runs?.Contains(swap.Run) != false)
            .OrderBy(swap => swap.Sequence).ThenBy(swap => swap.Area, StringComparer.Ordinal).ThenBy(swap => swap.Generation)
            .SelectMany((swap, number) => Enumerable.Range(0, (int)(swap.End - swap.Start).TotalHours)
                .Select(hour => new Swap(swap.Start.AddHours(hour), number, swap.Area, swap.Generation, swap.Versions)))];

    // The highest version of each row. Staged rows begin with two columns more.
    private IEnumerable<Minute> Newest(string table, int from, Func<Minute, bool> isSeen) => _tables[table]
        .Select(row => new Minute((int)Number(row[from]), At(row[from + 1]), Number(row[from + 2]), row[(from + 3)..(from + 12)], Counts(row, from + 12), row[0], from == 0 ? 0 : Number(row[1])))
        .Where(isSeen).GroupBy(row => row.Id).Select(versions => versions.MaxBy(row => row.Version));

    // Published minutes but for those that a backfill has replaced, and the staged ones of the last backfill of each hour.
    private IEnumerable<(DateTime At, string[] Key, long[] Counts)> Minutes(IEnumerable<Minute> published, List<Swap> swapped, Func<DateTime, bool> isStagedAsked)
    {
        var through = swapped.SelectMany(swap => swap.Versions.Select(version => (swap.Hour, version.Key, version.Value)))
            .GroupBy(version => (version.Hour, version.Key)).ToDictionary(group => group.Key, group => group.Max(version => version.Value));
        var last = swapped.GroupBy(swap => swap.Hour).ToDictionary(hour => hour.Key, hour => hour.MaxBy(swap => swap.Number));
        var visible = published.Where(row => row.Version > through.GetValueOrDefault((HourOf(row.At), row.Partition), long.MinValue)).ToDictionary(row => row.Id);
        return Newest("StagedRows", 2, row => last.TryGetValue(HourOf(row.At), out var swap) && (swap.Area, swap.Generation) == (row.Area, row.Generation))
            .Where(row => isStagedAsked(HourOf(row.At)) && !visible.ContainsKey(row.Id)).Concat(visible.Values).Select(row => (row.At, row.Key, row.Counts));
    }

    // The newest marks of hours of which minutes are not kept, that know as many backfills as there are.
    private Dictionary<DateTime, Mark> MarksThatKnow(List<Swap> swapped, DateTime kept)
    {
        var swaps = swapped.CountBy(swap => swap.Hour).ToDictionary();
        return Marks().Where(mark => mark.Kind == "hour" && mark.Start < kept && mark.Swaps == swaps.GetValueOrDefault(mark.Start))
            .GroupBy(mark => mark.Start).ToDictionary(hour => hour.Key, hour => hour.MaxBy(mark => mark.Sequence));
    }

    private IReadOnlyList<IReadOnlyList<object[]>> Area(KustoQuery query)
    {
        var area = (string)query.Parameters["area"];
        var decided = Decisions().Where(decision => decision.Area == area).ToList();
        var generation = decided.Select(decision => decision.Generation).DefaultIfEmpty(0).Max() + 1;
        var sets = _tables["StagedSets"].Where(row => row[0] == area && Number(row[1]) == generation).Select(row => (Partition: Number(row[2]), Version: Number(row[3]))).ToList();
        var versions = _tables["Publishes"].Select(row => (Partition: Number(row[0]), Version: Number(row[1]))).Concat(sets.Where(set => set.Partition >= 0))
            .GroupBy(set => set.Partition).Select(group => (object[])[group.Key, group.Max(set => set.Version)]).ToList();
        var wasApplied = decided.Any(it => it.Start < it.End && it.Start == Time(query, "start") && it.End == Time(query, "end"));
        object[] state = [generation, sets.Count > 0, wasApplied, Decisions().Select(decision => decision.Sequence).DefaultIfEmpty(0).Max()];
        return [[state], versions, Kept()];
    }

    private List<object[]> Areas()
    {
        var decided = Decisions().GroupBy(decision => decision.Area).ToDictionary(area => area.Key, area => area.Max(decision => decision.Generation));
        return [.. _tables["StagedSets"].Where(row => Number(row[1]) > decided.GetValueOrDefault(row[0])).Select(row => row[0]).Distinct().Select(area => (object[])[area])];
    }

    private List<object[]> Swaps(KustoQuery query) =>
        [.. Decisions().Where(swap => swap.Start < swap.End && swap.Start < Time(query, "end") && swap.End > Time(query, "start")).Select(swap => (object[])[swap.Run])];

    private List<object[]> Differences(KustoQuery query)
    {
        var (area, generation) = ((string)query.Parameters["area"], (long)query.Parameters["generation"]);
        var (start, end, width) = (Time(query, "start"), Time(query, "end"), Span(query, "width"));
        var (slice, slices) = ((long)query.Parameters["slice"], (long)query.Parameters["slices"]);
        var staged = Newest("StagedRows", 2, row => (row.Area, row.Generation) == (area, generation)).Where(row => row.At >= start && row.At < end);
        return [.. Live(query, start, end).Select(row => (row.At, row.Key, Counts: (long[])[.. row.Counts, .. new long[7]]))
            .Concat(staged.Select(row => (row.At, row.Key, Counts: (long[])[.. new long[7], .. row.Counts])))
            .Where(row => row.Key[1].Length % slices == slice)
            .GroupBy(row => (At: new DateTime(row.At.Ticks - (row.At.Ticks % width.Ticks), DateTimeKind.Utc), Key: string.Join('\u0001', row.Key)))
            .Select(group => (group.Key, Sums: Sum(group.Select(row => row.Counts)).ToArray()))
            .Where(group => !group.Sums.Take(7).SequenceEqual(group.Sums.Skip(7)))
            .Select(group => (object[])[group.Key.At, .. group.Key.Key.Split('\u0001'), .. group.Sums])];
    }
}
