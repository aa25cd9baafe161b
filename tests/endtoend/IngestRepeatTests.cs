using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class IngestRepeatTests(UndisturbedIngest undisturbed) : IClassFixture<UndisturbedIngest>
{
    private const int KillsPerRound = 3;

    [Fact]
    public async Task Ingest_FileSplitInTwo_GivesTheSameRows()
    {
        var random = new Random(3);
        foreach (var inOneRun in (bool[])[false, true, false])
        {
            using var data = new DataFolder();
            var (first, second) = Split(data, random.Next(1, undisturbed.Lines.Count));
            var summaries = inOneRun
                ? [await data.JsonAsync("ingest", first, second)]
                : new[] { await data.JsonAsync("ingest", first), await data.JsonAsync("ingest", second) };
            await AssertUndisturbedAsync(data, summaries);
        }
    }

    [Fact]
    public async Task Ingest_KilledAndRunAgain_GivesTheSameRowsAndSummary()
    {
        for (var round = 0; round < TestSize.Rounds; round++)
        {
            using var data = new DataFolder();
            await AssertUndisturbedAsync(data, await IngestThroughKillsAsync(data, undisturbed.File));
        }
    }

    [Fact]
    public async Task Ingest_TwoFilesKilledAndRunAgain_GivesTheSameRowsAndSummary()
    {
        for (var round = 0; round < (TestSize.Rounds + 1) / 2; round++)
        {
            using var data = new DataFolder();
            var (first, second) = Split(data, 2_000);
            await AssertUndisturbedAsync(data, await IngestThroughKillsAsync(data, first, second));
        }
    }

    [Fact]
    public async Task Ingest_SameFileAgain_CountsNothingTwice()
    {
        using var data = new DataFolder();
        var together = await data.JsonAsync("ingest", undisturbed.File, undisturbed.File);
        var again = await data.JsonAsync("ingest", undisturbed.File);
        Assert.Equal(2 * undisturbed.Lines.Count, together.GetProperty("read").GetInt32());
        Assert.Equal(0, again.GetProperty("accepted").GetInt32());
        Assert.Equal(undisturbed.Lines.Count, again.GetProperty("read").GetInt32());
        await data.VerifyAsync();
    }

    // Killed a few times at random moments, then left alone.
    private async Task<JsonElement> IngestThroughKillsAsync(DataFolder data, params string[] files)
    {
        string[] verb = ["ingest", .. files, "--data", data.Path];
        for (var kill = 0; kill < KillsPerRound; kill++)
        {
            // The first part is the start of the program, where there is nothing to lose.
            var run = await Cli.RunUntilAsync(undisturbed.Duration * (0.25 + (Random.Shared.NextDouble() * 0.85)), verb);
            // Who has read the summary knows that the file is in, however the program ended.
            if (run.Output.EndsWith('\n'))
                return JsonElement.Parse(run.Output);
        }

        return JsonElement.Parse((await Cli.RunAsync(verb)).Succeeded());
    }

    private async Task AssertUndisturbedAsync(DataFolder data, params JsonElement[] summaries)
    {
        Assert.Equal(undisturbed.Summary, UndisturbedIngest.SummaryOf(summaries));
        Assert.Equal(undisturbed.Rows, await UndisturbedIngest.RowsOfAsync(data));
        await data.VerifyAsync();
    }

    private (string First, string Second) Split(DataFolder data, int line)
    {
        var (first, second) = (data.File("first.ndjson"), data.File("second.ndjson"));
        File.WriteAllLines(first, undisturbed.Lines.Take(line));
        File.WriteAllLines(second, undisturbed.Lines.Skip(line));
        return (first, second);
    }
}
