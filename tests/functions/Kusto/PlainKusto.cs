using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClickFuncs.Functions.Kusto;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>
/// A database that has the tables and answers the queries of functions/Kusto by their names, as plainly as it can be said. It checks what the
/// adapter writes, asks and reads; the query texts themselves are not run here, but see decision 28.
/// </summary>
internal sealed partial class PlainKusto : IKusto
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string[]>> _tables = KustoSchema.Tables.Keys.ToDictionary(name => name, _ => new List<string[]>());

    /// <summary>A table's rows, by the names of the schema's columns.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string table) =>
        [.. _tables[table].Select(row => KustoSchema.Tables[table].Zip(row).ToDictionary(field => field.First.Name, field => field.Second))];

    /// <summary>Deletes rows, as the schema's retention policies do.</summary>
    public int Delete(string table, Predicate<IReadOnlyDictionary<string, string>> isGone)
    {
        lock (_lock)
            return _tables[table].RemoveAll(row => isGone(KustoSchema.Tables[table].Zip(row).ToDictionary(field => field.First.Name, field => field.Second)));
    }

    /// <summary>Called before each ingestion, with the table; throw to fail there.</summary>
    public Action<string> BeforeIngest { get; set; } = _ => { };

    /// <summary>Called after each ingestion, with the table; throw to lose its answer.</summary>
    public Action<string> AfterIngest { get; set; } = _ => { };

    public Task IngestAsync(string table, string csv, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fields).ToList();
        Assert.All(rows, row => KustoSchema.RequireFits(table, row));
        BeforeIngest(table);
        lock (_lock)
            _tables[table].AddRange(rows);
        AfterIngest(table);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<IReadOnlyList<JsonElement>>> QueryAsync(KustoQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Every value has its parameter in the text: the service refuses one that is not declared.
        Assert.All(query.Parameters.Keys, parameter => Assert.Contains($"{parameter}:", query.Text, StringComparison.Ordinal));
        // And a parameter without a default has a value.
        Assert.All(WithoutDefault().Matches(Declaration().Match(query.Text).Groups[1].Value), match => Assert.Contains(match.Groups[1].Value, query.Parameters.Keys));
        lock (_lock)
        {
            IReadOnlyList<IReadOnlyList<object[]>> results = query.Name switch
            {
                "Points" => [Points(query), Days(), Versions(), Kept()],
                "Tiers" => [Dirty(_ => true, Kept("minutes_kept")), StaleDays(), [[Marks().Select(mark => mark.Sequence).DefaultIfEmpty(0).Max()]], Kept()],
                "DaySums" => [DaySums(query)],
                "StreamHours" => [StreamHours(query)],
                "Versions" => [Versions()],
                "FinalDays" => [Days()],
                "Area" => Area(query),
                "Areas" => [Areas()],
                "Swaps" => [Swaps(query)],
                "Differences" => [Differences(query)],
                _ => throw new KustoException($"There is no query {query.Name}."),
            };
            return Task.FromResult<IReadOnlyList<IReadOnlyList<JsonElement>>>(
                [.. results.Select(rows => (IReadOnlyList<JsonElement>)[.. rows.Select(row => JsonSerializer.SerializeToElement(row))])]);
        }
    }

    private List<object[]> Points(KustoQuery query)
    {
        var (start, end, width) = (Time(query, "start"), Time(query, "end"), Span(query, "width"));
        var (finalFrom, finalTo) = (Time(query, "finalFrom"), Time(query, "finalTo"));
        var (isLive, isFinal) = ((bool)query.Parameters["readLive"], (bool)query.Parameters["readFinal"]);
        var days = NewestDays();
        var rows = new List<(DateTime At, string[] Key, long[] Counts)>();
        if (isLive)
        {
            rows.AddRange(Live(query, start, end)
                .Where(row => !(isFinal && row.At >= finalFrom && row.At < finalTo && days.ContainsKey(row.At.Date))));
        }

        if (isFinal)
        {
            rows.AddRange(_tables["FinalRows"].Where(row => days[At(row[0])].Run == row[2]).Select(row => (At(row[3]), row[4..13], Counts(row, 13)))
                .Where(row => row.Item1 >= finalFrom && row.Item1 < finalTo));
        }

        // Key columns: advertiser, campaign, group, ad, creative, currency, device, country, reason.
        (int Column, string By, string Set)[] dimensions =
            [(1, "byCampaign", "campaigns"), (2, "byAdGroup", "adGroups"), (3, "byAd", "ads"), (4, "byCreative", "creatives"), (6, "byDevice", "devices"), (7, "byCountry", "countries"), (8, "byReason", "reasons")];
        return [.. rows.Where(row => row.Key[0] == (string)query.Parameters["advertiser"])
            .Where(row => dimensions.All(d => Set(query, d.Set) is not { } set || set.Contains(row.Key[d.Column])))
            .GroupBy(row => (At: new DateTime(row.At.Ticks - (row.At.Ticks % width.Ticks), DateTimeKind.Utc), Key: string.Join('\u0001', dimensions.Select(d => (bool)query.Parameters[d.By] ? row.Key[d.Column] : "").Append(row.Key[5]))))
            .Select(group => (object[])[group.Key.At, .. group.Key.Key.Split('\u0001'), .. Sum(group.Select(row => row.Counts))])];
    }

    private List<object[]> StreamHours(KustoQuery query)
    {
        var (start, end) = (Time(query, "start"), Time(query, "end"));
        var versions = Dynamic(query, "versions") is { } json ? JsonSerializer.Deserialize<Dictionary<string, long>>(json)! : null;
        var hours = Dynamic(query, "hours") is { } list ? JsonSerializer.Deserialize<HashSet<long>>(list) : null;
        var kept = Time(query, "minutesKept");
        var (slice, slices) = ((long)query.Parameters["slice"], (long)query.Parameters["slices"]);
        var runs = Dynamic(query, "runs") is { } ids ? JsonSerializer.Deserialize<HashSet<string>>(ids) : null;
        var swapped = Swapped(runs);
        var summed = hours is null ? MarksThatKnow(swapped, kept) : [];
        bool IsAsked(DateTime hour) => hours?.Contains(new DateTimeOffset(hour).ToUnixTimeMilliseconds()) ?? true;
        var published = Newest("MinuteRows", 0, row => versions is null || row.Version <= versions.GetValueOrDefault($"{row.Partition}", long.MinValue));
        return [.. Minutes(published.Where(row => row.At >= kept), swapped, hour => !summed.ContainsKey(hour)).Where(row => IsAsked(HourOf(row.At)))
            .Concat(Sums("HourRows", summed))
            .Where(row => row.At >= start && row.At < end && row.Key[1].Length % slices == slice)
            .GroupBy(row => (At: row.At.Date.AddHours(row.At.Hour), Key: string.Join('\u0001', row.Key)))
            .Select(group => (object[])[group.Key.At, .. group.Key.Key.Split('\u0001'), .. Sum(group.Select(row => row.Counts))])];
    }

    // What the stream counted: whole days, whole hours, and minutes, each of them from where it is neither missing nor out of date.
    private IEnumerable<(DateTime At, string[] Key, long[] Counts)> Live(KustoQuery query, DateTime start, DateTime end)
    {
        bool IsIn(DateTime time, string range) => time >= Time(query, range + "From") && time < Time(query, range + "To");
        var kept = Kept("minutes_kept");
        var dirty = Dirty(hour => IsIn(hour, "hours"), kept).Select(row => (DateTime)row[0]).ToHashSet();
        var stale = StaleDays().Select(row => (DateTime)row[0]).Concat(dirty.Select(hour => hour.Date)).ToHashSet();
        return Minutes(Newest("MinuteRows", 0, _ => true).Where(row => row.At >= kept), Swapped(null), _ => true)
            .Where(row => row.At >= start && row.At < end && (!IsIn(row.At, "hours") || dirty.Contains(HourOf(row.At))))
            .Concat(Sums("HourRows", "hour").Where(row => IsIn(row.At, "hours") && !dirty.Contains(row.At) && (!IsIn(row.At, "days") || stale.Contains(row.At.Date))))
            .Concat(Sums("DayRows", "day").Where(row => IsIn(row.At, "days") && !stale.Contains(row.At)));
    }

    private List<object[]> Dirty(Func<DateTime, bool> isAsked, DateTime kept)
    {
        var summed = NewestMarks("hour");
        var times = _tables["Touched"].Select(row => At(row[2])).Where(hour => hour >= kept).CountBy(hour => hour).ToDictionary();
        var swaps = Swapped(null).CountBy(swap => swap.Hour).ToDictionary();
        return [.. times.Keys.Union(swaps.Keys).Where(isAsked).Order()
            .Select(hour => (Hour: hour, Times: times.GetValueOrDefault(hour), Swaps: swaps.GetValueOrDefault(hour), IsSummed: summed.TryGetValue(hour, out var mark), Mark: mark))
            .Where(hour => hour.Times > hour.Mark.Touches || hour.Swaps > hour.Mark.Swaps)
            .Select(hour => (object[])[hour.Hour, (long)hour.Times, (long)hour.Swaps, hour.IsSummed])];
    }

    private List<object[]> StaleDays()
    {
        var days = NewestMarks("day");
        return [.. NewestMarks("hour").GroupBy(hour => hour.Key.Date).OrderBy(day => day.Key)
            .Where(day => day.Max(hour => hour.Value.Sequence) > (days.TryGetValue(day.Key, out var mark) ? mark.Sequence : 0)).Select(day => (object[])[day.Key])];
    }

    private List<object[]> DaySums(KustoQuery query)
    {
        var (day, slice, slices) = (Time(query, "day"), (long)query.Parameters["slice"], (long)query.Parameters["slices"]);
        return [.. Sums("HourRows", "hour").Where(row => row.At.Date == day && row.Key[1].Length % slices == slice).GroupBy(row => string.Join('\u0001', row.Key))
            .Select(group => (object[])[day, .. group.Key.Split('\u0001'), .. Sum(group.Select(row => row.Counts))])];
    }

    // Sums that a mark stands for.
    private IEnumerable<(DateTime At, string[] Key, long[] Counts)> Sums(string table, string kind) => Sums(table, NewestMarks(kind));

    private IEnumerable<(DateTime At, string[] Key, long[] Counts)> Sums(string table, Dictionary<DateTime, Mark> marks) =>
         _tables[table].Where(row => marks.TryGetValue(At(row[1]), out var mark) && mark.Run == row[0]).Select(row => (At(row[1]), row[2..11], Counts(row, 11)));

    private List<object[]> Kept() => [[Kept("minutes_kept"), Kept("hours_kept")]];

    private DateTime Kept(string kind) => Marks().Where(mark => mark.Kind == kind).Select(mark => mark.Start).DefaultIfEmpty(DateTime.UnixEpoch).Max();

    private Dictionary<DateTime, Mark> NewestMarks(string kind) =>
        Marks().Where(mark => mark.Kind == kind).GroupBy(mark => mark.Start).ToDictionary(group => group.Key, group => group.MaxBy(mark => mark.Sequence));

    private IEnumerable<Mark> Marks() => _tables["Marks"].Select(row => new Mark(row[0], At(row[1]), Number(row[2]), row[3], Number(row[4]), Number(row[5])));

    private static DateTime HourOf(DateTime time) => time.Date.AddHours(time.Hour);

    private Dictionary<DateTime, (int Revision, string Run)> NewestDays() => _tables["FinalDays"].GroupBy(row => At(row[0]))
        .ToDictionary(day => day.Key, day => day.Select(row => (int.Parse(row[1], CultureInfo.InvariantCulture), row[2])).MaxBy(day => day.Item1));

    private List<object[]> Days() => [.. NewestDays().OrderBy(day => day.Key).Select(day => (object[])[day.Key, day.Value.Revision])];

    private List<object[]> Versions() => [.. _tables["Publishes"].GroupBy(row => row[0])
        .Select(partition => partition.MaxBy(row => long.Parse(row[1], CultureInfo.InvariantCulture))!)
        .Select(row => row.Select(field => (object)long.Parse(field, CultureInfo.InvariantCulture)).ToArray())];

    private static IEnumerable<object> Sum(IEnumerable<long[]> counts) =>
        counts.Aggregate((a, b) => [.. a.Zip(b, (x, y) => checked(x + y))]).Select(count => (object)count);

    private static long[] Counts(string[] row, int from) => [.. row[from..(from + 7)].Select(field => long.Parse(field, CultureInfo.InvariantCulture))];

    private static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    // A parameter that is left out has the text's default.
    private static DateTime Time(KustoQuery query, string parameter)
    {
        if (Inner(query, parameter, "datetime") is { } value)
            return At(value);
        Assert.Contains($"{parameter}:datetime = datetime(1970-01-01)", query.Text, StringComparison.Ordinal);
        return DateTime.UnixEpoch;
    }

    private static TimeSpan Span(KustoQuery query, string parameter) => TimeSpan.Parse(Inner(query, parameter, "time")!, CultureInfo.InvariantCulture);

    private static string[]? Set(KustoQuery query, string parameter) => Dynamic(query, parameter) is { } json ? JsonSerializer.Deserialize<string[]>(json) : null;

    private static string? Dynamic(KustoQuery query, string parameter) => Inner(query, parameter, "dynamic");

    private static string? Inner(KustoQuery query, string parameter, string type)
    {
        if (!query.Parameters.TryGetValue(parameter, out var value))
            return null;
        var text = (string)value;
        Assert.StartsWith(type + "(", text, StringComparison.Ordinal);
        return text[(type.Length + 1)..^1];
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private readonly record struct Mark(string Kind, DateTime Start, long Sequence, string Run, long Touches, long Swaps);

    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        for (var i = 0; i <= line.Length;)
        {
            if (i < line.Length && line[i] == '"')
            {
                var end = i + 1;
                while (line[end] != '"' || (end + 1 < line.Length && line[end + 1] == '"'))
                    end += line[end] == '"' ? 2 : 1;
                fields.Add(line[(i + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                i = end + 2;
            }
            else
            {
                var end = line.IndexOf(',', i) is var comma and >= 0 ? comma : line.Length;
                fields.Add(line[i..end]);
                i = end + 1;
            }
        }

        return [.. fields];
    }

    [GeneratedRegex(@"declare query_parameters\((.*?)\);", RegexOptions.Singleline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(\w+):\w+(?! *=)\b")]
    private static partial Regex WithoutDefault();
}
