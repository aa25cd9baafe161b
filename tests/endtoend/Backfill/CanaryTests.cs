using System.Text.Json;
using ClickFuncs.EndToEnd.Tests.Close;

namespace ClickFuncs.EndToEnd.Tests.Backfill;

/// <summary>Other counting is tried beside the one that queries show, on a day that is closed, so that the truth is known (R40).</summary>
public sealed class CanaryTests
{
    private static readonly (string, string) LongerLateness = ("ClickFuncs__Processor__AllowedLateness", "01:30:00");

    [Fact]
    public async Task Canary_OnAClosedDay_SaysWhichIsNearerToTheTruthAndIsPromotedOrDroppedByCommand()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 3_000, seed: 13);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);
        var before = await LiveAsync(folder);

        var shown = await RunAsync(folder, "start");
        Assert.True(shown.GetProperty("difference").GetProperty("rows").GetInt64() > 0);
        Assert.All(shown.GetProperty("difference").GetProperty("truth").EnumerateArray(), truth => Assert.Equal(PlantedDay.Date, truth.GetProperty("date").GetString()));
        var (old, fresh) = Distances(shown);
        // Clicks that come up to 90 minutes late are now counted; those that come later are not.
        Assert.InRange(fresh, 1, old - 1);
        Assert.Equal(before, await LiveAsync(folder));

        await RunAsync(folder, "drop");
        Assert.Equal(before, await LiveAsync(folder));
        var refused = await Cli.RunAsync(Start(folder, "promote"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Nothing is kept of this range", refused.Error, StringComparison.Ordinal);

        await RunAsync(folder, "start");
        Assert.True((await RunAsync(folder, "promote")).GetProperty("applied").GetBoolean());
        Assert.NotEqual(before, await LiveAsync(folder));
        var again = await RunAsync(folder, "start");
        Assert.Equal(0, again.GetProperty("difference").GetProperty("rows").GetInt64());
        Assert.Equal((fresh, fresh), Distances(again));
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task Canary_BesideTheRunningHost_ChangesNoAnswerUntilItIsPromoted()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 3_000, seed: 14);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);
        // The verbs know nothing of the setting: the host counts by its own.
        await File.WriteAllTextAsync(folder.File("clickfuncs.json"), """{"ClickFuncs":{"Processor":{"AllowedLateness":"01:30:00"}}}""");
        await using var host = await HostProcess.StartAsync(folder.Path);
        var before = await LiveAsync(folder);

        var started = await AskAsync(folder, "start");
        var shown = JsonElement.Parse(started.Succeeded());
        var (old, fresh) = Distances(shown);
        Assert.InRange(fresh, 1, old - 1);
        Assert.Contains($"The new counts are nearer to the truth than the old: {fresh} clicks and ", started.Error, StringComparison.Ordinal);
        Assert.Equal(
            shown.GetProperty("difference").GetProperty("rows").GetInt32(),
            (await File.ReadAllLinesAsync(folder.File($"lake/{shown.GetProperty("difference").GetProperty("details").GetString()}"))).Length - 1);
        Assert.Equal(before, await LiveAsync(folder));

        (await AskAsync(folder, "drop")).Succeeded();
        Assert.Equal(before, await LiveAsync(folder));
        var refused = await AskAsync(folder, "promote");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("promote: The newest run of this range has kept no result", refused.Error, StringComparison.Ordinal);

        (await AskAsync(folder, "start")).Succeeded();
        Assert.True(JsonElement.Parse((await AskAsync(folder, "promote")).Succeeded()).GetProperty("applied").GetBoolean());
        Assert.NotEqual(before, await LiveAsync(folder));
        Assert.Equal((fresh, fresh), Distances(JsonElement.Parse((await AskAsync(folder, "start")).Succeeded())));
        Assert.Equal(0, await host.StopAsync());
        await folder.VerifyAsync();
    }

    private static Task<Cli.Result> AskAsync(DataFolder folder, string verb) =>
        folder.RunAsync("canary", verb, "--from", "2026-07-01T00:00Z", "--to", "2026-07-02T00:00Z");

    private static (long Old, long New) Distances(JsonElement outcome)
    {
        var truth = outcome.GetProperty("difference").GetProperty("truth").EnumerateArray().ToList();
        return (truth.Sum(day => day.GetProperty("before").GetProperty("clicks").GetInt64()), truth.Sum(day => day.GetProperty("after").GetProperty("clicks").GetInt64()));
    }

    // By the day, because the host's retention may give up the hours meanwhile.
    private static async Task<string> LiveAsync(DataFolder folder)
    {
        var texts = new List<string>();
        foreach (var advertiser in PlantedDay.Advertisers)
            texts.Add($"{(await folder.QueryAsync(advertiser, "1d", "--accuracy", "live")).GetProperty("series")}");
        return string.Join('\n', texts);
    }

    private static async Task<JsonElement> RunAsync(DataFolder folder, string verb) => JsonElement.Parse((await Cli.RunAsync(Start(folder, verb))).Succeeded());

    private static System.Diagnostics.ProcessStartInfo Start(DataFolder folder, string verb)
    {
        var start = Cli.StartInfo("canary", verb, "--from", "2026-07-01T00:00Z", "--to", "2026-07-02T00:00Z", "--data", folder.Path);
        start.Environment[LongerLateness.Item1] = LongerLateness.Item2;
        return start;
    }
}
