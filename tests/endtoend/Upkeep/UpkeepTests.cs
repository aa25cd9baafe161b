using System.Globalization;
using System.Text.Json;
using ClickFuncs.DuckDb;

namespace ClickFuncs.EndToEnd.Tests.Upkeep;

/// <summary>R34 as workflows: four days with clicks, spread over seven weeks, are rolled up, and what has served its time is given up.</summary>
public sealed class UpkeepTests
{
    private const int MostKills = 60;
    private const long FirstDay = 1_780_272_000_000; // 2026-06-01T00:00Z
    private const long DayMs = 86_400_000;

    private static readonly int[] Days = [0, 36, 44, 48];

    // Minutes of the last two days, hours of the last ten, days of the last month; one partition, so that it takes few files.
    private static readonly (string, string)[] ShortLives =
    [
        ("ClickFuncs__Analytics__MinuteDays", "2"), ("ClickFuncs__Analytics__HourDays", "10"), ("ClickFuncs__Analytics__HotDays", "15"), ("ClickFuncs__Log__Partitions", "1"),
    ];

    [Fact]
    public async Task RollupAndRetention_KilledAtOneJournalWriteAfterAnother_EndAsIfNothingHadHappenedAndChangeNoTotal()
    {
        using var undisturbed = await ImportAsync();
        using var killed = undisturbed.Copy();
        var before = await DaysAsync(undisturbed);
        Assert.Equal(Days.Length, before.Length);

        await RunAsync(undisturbed, "rollup");
        Assert.Equal(before, await DaysAsync(undisturbed));
        await RunAsync(undisturbed, "retention");
        Assert.Equal(before, await DaysAsync(undisturbed));

        var kills = await RunKilledAsync(killed, "rollup") + await RunKilledAsync(killed, "retention");

        Assert.InRange(kills, 3, MostKills);
        Assert.Equal(before, await DaysAsync(killed));
        Assert.Equal(Tables(undisturbed), Tables(killed));
        Assert.Equal("1 minute days, 2 hour days, 2 day days, 1 months in the lake", Tables(killed));
        await killed.VerifyAsync();
    }

    [Fact]
    public async Task Run_Again_FindsNothingMoreToDo()
    {
        using var folder = await ImportAsync();
        await RunAsync(folder, "rollup");
        await RunAsync(folder, "retention");
        var before = Tables(folder);

        var rollup = await RunAsync(folder, "rollup");
        var retention = await RunAsync(folder, "retention");

        Assert.Equal((1, true), Outcome(rollup.GetProperty("output")));
        Assert.Equal((1, true), Outcome(retention.GetProperty("output").GetProperty("tiers")));
        Assert.Equal(before, Tables(folder));
    }

    [Fact]
    public async Task Run_NoSchedule_SaysWhichThereAre()
    {
        using var folder = new DataFolder();
        var refused = await folder.RunAsync("run", "everything");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("retention", refused.Error, StringComparison.Ordinal);
    }

    private static (int Steps, bool IsDone) Outcome(JsonElement outcome) => (outcome.GetProperty("steps").GetInt32(), outcome.GetProperty("isDone").GetBoolean());

    private static async Task<DataFolder> ImportAsync()
    {
        var folder = new DataFolder();
        var number = 0;
        await File.WriteAllLinesAsync(folder.File("days.ndjson"), Days.SelectMany(day => Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
            {"click_id":"clk_{{number++}}","ad_id":"ad_{{i % 3}}","campaign_id":"cmp_1","advertiser_id":"adv_1","cost_micros":{{1000 + (day * 7) + i}},"currency":"USD","event_time":{{FirstDay + (day * DayMs) + (i * 2_000_000L)}}}
            """))));
        (await CliAsync(["ingest", folder.File("days.ndjson"), "--data", folder.Path])).Succeeded();
        return folder;
    }

    private static async Task<JsonElement> RunAsync(DataFolder folder, string schedule) =>
        JsonElement.Parse((await CliAsync(["run", schedule, "--data", folder.Path])).Succeeded());

    // Each step is killed before it is journaled, once or, with more rounds than usual, every one of them.
    private static string Moment(int kills) => TestSize.Rounds > 5 ? "3" : $"{3 + (kills % 2)}";

    private static async Task<int> RunKilledAsync(DataFolder folder, string schedule)
    {
        var kills = 0;
        Cli.Result last;
        while ((last = await CliAsync(["run", schedule, "--data", folder.Path], ("CLICKFUNCS_CRASH_AT_JOURNAL_WRITE", Moment(kills)))).ExitCode != 0)
        {
            Assert.Equal(137, last.ExitCode);
            Assert.True(++kills < MostKills, $"Killed {kills} times, it has not ended.");
        }

        return kills;
    }

    // Day by day and ad by ad, from whichever tier has them.
    private static async Task<string[]> DaysAsync(DataFolder folder)
    {
        var answer = (await CliAsync(
            ["query", "--advertiser", "adv_1", "--from", "2026-06-01", "--to", "2026-08-01", "--granularity", "1d", "--data", folder.Path])).Succeeded();
        return [.. JsonElement.Parse(answer).GetProperty("series").EnumerateArray().Select(point => point.GetRawText())];
    }

    private static string Tables(DataFolder folder)
    {
        using var database = DuckDbDatabase.Open(folder.File("analytics.duckdb"));
        using var connection = database.Connect();
        using var reader = connection.Query(
            """
            SELECT (SELECT count(DISTINCT start_ms // 86400000) FROM (SELECT start_ms FROM minute UNION ALL SELECT start_ms FROM minute_log)) || ' minute days, '
                || (SELECT count(DISTINCT start_ms // 86400000) FROM hour) || ' hour days, '
                || (SELECT count(DISTINCT start_ms) FROM day) || ' day days, ' || (SELECT count(*) FROM archived_month) || ' months in the lake'
            """);
        Assert.True(reader.Read());
        return reader.GetString(0);
    }

    private static Task<Cli.Result> CliAsync(string[] verb, params (string Name, string Value)[] environment)
    {
        var start = Cli.StartInfo(verb);
        foreach (var (name, value) in (IEnumerable<(string, string)>)[.. ShortLives, .. environment])
            start.Environment[name] = value;
        return Cli.RunAsync(start);
    }
}
