using System.Globalization;
using System.Text.Json;
using ClickFuncs.DuckDb;
using ClickFuncs.EndToEnd.Tests.Counts;

namespace ClickFuncs.EndToEnd.Tests.Close;

/// <summary>A day with planted faults is imported, tampered with, and closed.</summary>
public sealed class CloseTests
{
    private static readonly string[] Dimensions = ["campaign_id", "ad_id", "device"];

    [Fact]
    public async Task Reconcile_DayWithPlantedFaults_PutsEachInItsCauseAndFindsExactlyTheTamperedRows()
    {
        using var folder = new DataFolder();
        var day = PlantedDay.Write(folder.File("day.ndjson"), TestSize.Lines / 3, seed: 3);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        var (deleted, inflated) = TamperWith(folder);

        var report = await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);

        var causes = Causes(report);
        Assert.Equal((day.TooLate, day.TooLateMicros), causes["too_late"]);
        Assert.Equal((-day.BeyondHorizon, -day.BeyondHorizonMicros), causes["beyond_horizon"]);
        Assert.Equal(0, causes["other_copy"].Clicks);
        Assert.Equal((0, 0L), causes["not_processed"]);
        Assert.Equal(day.CopiesWithinTheDay + day.CopiesAcrossMidnight + day.BeyondHorizon, report.GetProperty("copies").GetProperty("clicks").GetInt32());
        Assert.Equal(day.CopiesAcrossMidnight + day.BeyondHorizon, report.GetProperty("copies").GetProperty("across_midnight").GetInt32());
        Assert.Equal(day.Malformed, report.GetProperty("quarantined").EnumerateObject().Sum(reason => reason.Value.GetInt32()));
        Assert.Equal(["drift", "unexplained"], report.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetString()));

        var unexplained = report.GetProperty("unexplained");
        Assert.Equal(2, unexplained.GetProperty("rows").GetInt32());
        Assert.Equal(
            new[] { deleted, inflated }.Order(StringComparer.Ordinal),
            unexplained.GetProperty("listed").EnumerateArray().Select(Tampered).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reconcile_Day_MakesFinalNumbersAndChargesThatEqualAnIndependentCount()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), TestSize.Lines / 3, seed: 5);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);

        var independent = JsonElement.Parse((await Cli.RunScriptAsync(
            "independent-truth.mjs", folder.File("day.ndjson"), "--date", PlantedDay.Date,
            "--group-by", string.Join(',', Dimensions.Prepend("advertiser_id")))).Succeeded());
        foreach (var advertiser in PlantedDay.Advertisers)
        {
            var final = await folder.JsonAsync(
                "query", "--advertiser", advertiser, "--from", PlantedDay.Date, "--to", "2026-07-02", "--granularity", "1h",
                "--accuracy", "final", "--group-by", string.Join(',', Dimensions));
            Assert.Equal(CountTable.OfIndependent(independent, advertiser, 3600, Dimensions), CountTable.OfAnswer(final, Dimensions));
        }

        Assert.Equal(Charged(independent), await ChargedAsync(folder));
    }

    [Fact]
    public async Task Reconcile_Again_ChangesNothing()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 2_000, seed: 7);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        var first = (await folder.RunAsync("reconcile", "--date", PlantedDay.Date)).Succeeded();
        var before = Files(folder);

        Assert.Equal(first, (await folder.RunAsync("reconcile", "--date", PlantedDay.Date)).Succeeded());

        Assert.Equal(before, Files(folder));
        Assert.Equal(first, (await folder.RunAsync("report", "--date", PlantedDay.Date)).Succeeded());
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task Reconcile_AfterLateArrivals_PostsOnlyTheDifference()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 2_000, seed: 11);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);
        await File.WriteAllTextAsync(
            folder.File("late.ndjson"),
            """{"click_id":"forgotten","ad_id":"ad_0","campaign_id":"cmp_0","advertiser_id":"adv_a","cost_micros":123456,"currency":"NOK","event_time":"2026-07-01T10:00:00Z"}""" + "\n");
        await folder.JsonAsync("ingest", folder.File("late.ndjson"));
        var before = await ChargedAsync(folder);

        var report = await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);

        Assert.Equal(2, report.GetProperty("revision").GetInt32());
        var after = await ChargedAsync(folder);
        Assert.Equal(before["adv_a NOK"] + 123_456, after["adv_a NOK"]);
        Assert.Equal(before.Where(entry => entry.Key != "adv_a NOK"), after.Where(entry => entry.Key != "adv_a NOK"));
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task Reconcile_DayWithoutEvents_ClosesNothing()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 100, seed: 17);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));

        var refused = await folder.RunAsync("reconcile", "--date", "2026-05-01");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no events of 2026-05-01", refused.Error, StringComparison.Ordinal);
        var answer = await folder.JsonAsync(
            "query", "--advertiser", "adv_a", "--from", "2026-05-01", "--to", "2026-05-02", "--granularity", "1d", "--fill");
        Assert.Equal("live", answer.GetProperty("accuracy").GetString());
    }

    [Fact]
    public async Task Reconcile_DayThatIsNotOver_SaysSo()
    {
        using var folder = new DataFolder();

        var refused = await folder.RunAsync("reconcile", "--date", "2999-01-01");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is not over", refused.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, (int Clicks, long Micros)> Causes(JsonElement report) => report.GetProperty("currencies").EnumerateArray()
        .SelectMany(currency => currency.GetProperty("causes").EnumerateArray())
        .GroupBy(cause => cause.GetProperty("cause").GetString()!, cause => cause.GetProperty("counts"))
        .ToDictionary(group => group.Key, group => (
            group.Sum(counts => counts.GetProperty("clicks").GetInt32()), group.Sum(counts => counts.GetProperty("spend_micros").GetInt64())));

    private static string Tampered(JsonElement row) => string.Join(
        ' ',
        row.GetProperty("hour").GetString(), row.GetProperty("advertiser_id").GetString(), row.GetProperty("ad_id").GetString(),
        row.GetProperty("device").GetString(), row.GetProperty("unexplained").GetProperty("clicks").GetInt64());

    /// <summary>Deletes one window row of the day and inflates another, as a fault of the store would; says which, as the report should.</summary>
    private static (string Deleted, string Inflated) TamperWith(DataFolder folder)
    {
        using var database = DuckDbDatabase.Open(folder.File("analytics.duckdb"));
        using var connection = database.Connect();
        var rows = new List<(string Name, string Where, long Clicks)>();
        using (var reader = connection.Query(
            """
            SELECT partition, start_ms, advertiser, ad, device, arg_max(clicks, version), max(version),
                (SELECT name FROM names WHERE id = advertiser), (SELECT name FROM names WHERE id = ad), (SELECT name FROM names WHERE id = device)
            FROM minute_log WHERE start_ms >= 1782864000000 AND start_ms < 1782950400000 AND clicks > 0
            GROUP BY ALL ORDER BY start_ms, partition, ad, device
            """))
        {
            while (reader.Read())
            {
                var hour = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1) / 3_600_000 * 3_600_000);
                var where = string.Create(
                    CultureInfo.InvariantCulture,
                    $"partition = {reader.GetInt32(0)} AND start_ms = {reader.GetInt64(1)} AND ad = {reader.GetInt32(3)} AND device = {reader.GetInt32(4)} AND clicks > 0");
                var name = string.Create(
                    CultureInfo.InvariantCulture, $"{hour:yyyy-MM-dd'T'HH:mm:ss'Z'} {reader.GetString(7)} {reader.GetString(8)} {reader.GetString(9)}");
                rows.Add((name, where, reader.GetInt64(5)));
            }
        }

        var (deleted, inflated) = (rows[rows.Count / 4], rows[rows.Count / 2]);
        connection.Execute($"DELETE FROM minute_log WHERE {deleted.Where}");
        connection.Execute($"UPDATE minute_log SET clicks = clicks + 7 WHERE {inflated.Where}");
        return ($"{deleted.Name} {deleted.Clicks}", $"{inflated.Name} -7");
    }

    private static SortedDictionary<string, long> Charged(JsonElement independent)
    {
        var charged = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in independent.GetProperty("rows").EnumerateArray())
        {
            // The planted day prices every third ad in kroner, which are the ads of the first advertiser.
            var advertiser = row.GetProperty("advertiser_id").GetString()!;
            var journal = $"{advertiser} {(advertiser == "adv_a" ? "NOK" : "USD")}";
            charged[journal] = charged.GetValueOrDefault(journal) + long.Parse(row.GetProperty("spend_micros").GetString()!, CultureInfo.InvariantCulture);
        }

        return charged;
    }

    private static async Task<SortedDictionary<string, long>> ChargedAsync(DataFolder folder)
    {
        var charged = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var journal in (await folder.RunAsync("ledger", "balance")).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)))
            charged[$"{journal.GetProperty("advertiser_id").GetString()} {journal.GetProperty("currency").GetString()}"] = journal.GetProperty("balance_micros").GetInt64();
        return charged;
    }

    private static List<string> Files(DataFolder folder) =>
    [
        .. Directory.EnumerateFiles(folder.File("lake"), "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/capture/", StringComparison.Ordinal))
            .Select(path => $"{path} {new FileInfo(path).Length}")
            .Order(StringComparer.Ordinal),
    ];
}
