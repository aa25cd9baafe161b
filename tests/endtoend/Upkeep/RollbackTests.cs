using ClickFuncs.EndToEnd.Tests.Close;

namespace ClickFuncs.EndToEnd.Tests.Upkeep;

/// <summary>The way back after an upgrade, as docs/operations.md has it: state and counts of before, with the log and the lake of now.</summary>
public sealed class RollbackTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Rollback_ToStateAndCountsOfBefore_CountsWhatCameSinceAgainToTheSameNumbers()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 3_000, seed: 15);
        var lines = await File.ReadAllLinesAsync(folder.File("day.ndjson"));
        await File.WriteAllLinesAsync(folder.File("morning.ndjson"), lines[..(lines.Length / 2)]);
        await File.WriteAllLinesAsync(folder.File("evening.ndjson"), lines[(lines.Length / 2)..]);
        await folder.JsonAsync("ingest", folder.File("morning.ndjson"));
        using var before = folder.Copy();
        var early = await CountsAsync(folder);
        await folder.JsonAsync("ingest", folder.File("evening.ndjson"));
        var late = await CountsAsync(folder);
        Assert.NotEqual(early, late);

        Directory.Delete(folder.File("state"), recursive: true);
        Directory.Move(before.File("state"), folder.File("state"));
        foreach (var file in Directory.GetFiles(folder.Path, "analytics.duckdb*"))
            File.Delete(file);
        File.Move(before.File("analytics.duckdb"), folder.File("analytics.duckdb"));
        Assert.Equal(early, await CountsAsync(folder));
        await using (var host = await HostProcess.StartAsync(folder.Path))
        {
            Assert.True(await Eventually.HoldsAsync(async () => await CountsAsync(folder) == late, Limit), $"Before {late}, now {await CountsAsync(folder)}");
            Assert.Equal(0, await host.StopAsync());
        }

        await folder.VerifyAsync();
    }

    // By the day, because the host's retention may give up the hours meanwhile.
    private static async Task<string> CountsAsync(DataFolder folder)
    {
        var totals = new List<string>();
        foreach (var advertiser in PlantedDay.Advertisers)
            totals.Add($"{(await folder.QueryAsync(advertiser, "1d")).GetProperty("totals")}");
        return string.Join('\n', totals);
    }
}
