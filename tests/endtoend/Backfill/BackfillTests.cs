using System.Text.Json;
using ClickFuncs.EndToEnd.Tests.Counts;

namespace ClickFuncs.EndToEnd.Tests.Backfill;

/// <summary>A morning is imported with the allowed lateness of 15 minutes, and three hours of it are counted again with one of six hours (R30).</summary>
public sealed class BackfillTests
{
    private const int MostKills = 40;
    private static readonly (string, string) LongerLateness = ("ClickFuncs__Processor__AllowedLateness", "06:00:00");
    private static readonly (string, string) TwoPartitions = ("ClickFuncs__Log__Partitions", "2");

    [Fact]
    public async Task Backfill_WithLongerLateness_ShowsExactlyTheLateClicksAndAppliesThem()
    {
        using var folder = new DataFolder();
        var morning = LateMorning.Write(folder.File("morning.ndjson"));
        await folder.JsonAsync("ingest", folder.File("morning.ndjson"));
        var before = await CountsAsync(folder);

        var shown = JsonElement.Parse((await BackfillAsync(folder, apply: false)).Succeeded());
        var late = morning.LateBetween(2, 5);
        Assert.NotEmpty(late);
        Assert.Equal(late, LateMorning.AddedIn(Details(folder, shown)));
        Assert.Equal(late.Length, shown.GetProperty("difference").GetProperty("rows").GetInt32());
        Assert.False(shown.GetProperty("applied").GetBoolean());
        Assert.Equal(before, await CountsAsync(folder));

        var applied = JsonElement.Parse((await BackfillAsync(folder, apply: true)).Succeeded());
        Assert.True(applied.GetProperty("applied").GetBoolean());
        Assert.Equal(Details(folder, shown), Details(folder, applied));
        Assert.Equal($"{shown.GetProperty("difference").GetProperty("totals")}", $"{applied.GetProperty("difference").GetProperty("totals")}");
        var after = await CountsAsync(folder);
        Assert.Equal(await ExpectedAsync(before, folder), after);

        var again = JsonElement.Parse((await BackfillAsync(folder, apply: true)).Succeeded());
        Assert.Equal(0, again.GetProperty("difference").GetProperty("rows").GetInt32());
        Assert.Equal(after, await CountsAsync(folder));
        var listed = Assert.Single((await folder.JsonAsync("runs", "--prefix", "backfill-")).GetProperty("runs").EnumerateArray());
        Assert.Equal(
            ("backfill-20260701T02-20260701T05", 3, "completed"),
            (listed.GetProperty("id").GetString(), listed.GetProperty("execution").GetInt32(), listed.GetProperty("state").GetString()));
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task Backfill_KilledAtOneJournalWriteAfterAnother_EndsAsIfNothingHadHappened()
    {
        using var undisturbed = new DataFolder();
        LateMorning.Write(undisturbed.File("morning.ndjson"));
        (await RunAsync(["ingest", undisturbed.File("morning.ndjson"), "--data", undisturbed.Path], TwoPartitions)).Succeeded();
        using var killed = undisturbed.Copy();
        var expected = JsonElement.Parse((await BackfillAsync(undisturbed, apply: true)).Succeeded());

        var kills = 0;
        Cli.Result last;
        // Now before a step that is done is journaled, now some writes later, so that it gets on.
        while ((last = await BackfillAsync(killed, apply: true, ("CLICKFUNCS_CRASH_AT_JOURNAL_WRITE", $"{2 + (kills % 4)}"))).ExitCode != 0)
        {
            Assert.Equal(137, last.ExitCode);
            Assert.True(++kills < MostKills, $"Killed {kills} times, it has not ended.");
        }

        Assert.InRange(kills, 4, MostKills);
        var outcome = JsonElement.Parse(last.Output);
        Assert.Equal($"{expected.GetProperty("difference").GetProperty("totals")}", $"{outcome.GetProperty("difference").GetProperty("totals")}");
        Assert.Equal(Details(undisturbed, expected), Details(killed, outcome));
        Assert.Equal(await CountsAsync(undisturbed), await CountsAsync(killed));
        await killed.VerifyAsync();
    }

    [Theory]
    [InlineData("must begin and end on the hour", "2026-07-01T02:30Z", "2026-07-01T05:00Z")]
    [InlineData("end after it begins", "2026-07-01T05:00Z", "2026-07-01T05:00Z")]
    [InlineData("End the range at 2026-07-01T05:00Z or before", "2026-07-01T02:00Z", "2026-07-01T06:00Z")]
    public async Task Backfill_RangeThatCannotBe_IsRefusedWithASentence(string sentence, string from, string to)
    {
        using var folder = new DataFolder();
        LateMorning.Write(folder.File("morning.ndjson"));
        await folder.JsonAsync("ingest", folder.File("morning.ndjson"));
        var result = await RunAsync(["backfill", "--from", from, "--to", to, "--apply", "--data", folder.Path], LongerLateness);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(folder.File("lake/backfills")));
    }

    // In the range what an import by the new settings counts, outside of it what was there.
    private static async Task<string[]> ExpectedAsync(string[] before, DataFolder folder)
    {
        using var fresh = new DataFolder();
        (await RunAsync(["ingest", folder.File("morning.ndjson"), "--data", fresh.Path], LongerLateness)).Succeeded();
        return [.. before.Where(row => !IsInRange(row)).Concat((await CountsAsync(fresh)).Where(IsInRange)).Order(StringComparer.Ordinal)];
    }

    private static bool IsInRange(string row) =>
        string.CompareOrdinal(row, "2026-07-01 02:00") >= 0 && string.CompareOrdinal(row, "2026-07-01 05:00") < 0;

    private static async Task<string[]> CountsAsync(DataFolder folder) => CountTable.OfAnswer(
        await folder.JsonAsync(
            "query", "--advertiser", LateMorning.Advertiser, "--from", "2026-06-30", "--to", "2026-07-02", "--granularity", "1m", "--group-by", "ad_id"),
        "ad_id");

    private static string Details(DataFolder folder, JsonElement outcome) =>
        File.ReadAllText(folder.File($"lake/{outcome.GetProperty("difference").GetProperty("details").GetString()}"));

    private static Task<Cli.Result> BackfillAsync(DataFolder folder, bool apply, params (string, string)[] environment)
    {
        string[] verb = ["backfill", "--from", "2026-07-01T02:00Z", "--to", "2026-07-01T05:00Z", "--data", folder.Path];
        return RunAsync(apply ? [.. verb, "--apply"] : verb, [LongerLateness, .. environment]);
    }

    private static Task<Cli.Result> RunAsync(string[] verb, params (string Name, string Value)[] environment)
    {
        var start = Cli.StartInfo(verb);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Cli.RunAsync(start);
    }
}
