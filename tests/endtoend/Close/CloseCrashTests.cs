namespace ClickFuncs.EndToEnd.Tests.Close;

/// <summary>A close is killed (SIGKILL) at every step it journals, and goes on each time.</summary>
public sealed class CloseCrashTests
{
    private const int MostSteps = 300;

    // Two buckets are as good as sixteen to be killed between, and take less time.
    private static readonly (string, string) Buckets = ("ClickFuncs__Batch__Buckets", "2");

    /// <summary>
    /// The first write of a process takes the journal over. "3": it writes once more, does the next step and is killed before that is
    /// journaled, so the step is done again. With more rounds than usual also "2+": killed as soon as it has written once more, the end of the
    /// run included; whoever asks again then starts another close, which finds nothing new.
    /// </summary>
    public static TheoryData<string> Moments => TestSize.Rounds > 5 ? ["3", "2+"] : ["3"];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Reconcile_KilledAtEveryJournaledStep_EndsAsIfNothingHadHappened(string moment)
    {
        using var undisturbed = new DataFolder();
        PlantedDay.Write(undisturbed.File("day.ndjson"), 1_000, seed: 13);
        await undisturbed.JsonAsync("ingest", undisturbed.File("day.ndjson"));
        using var killed = undisturbed.Copy();
        var expected = (await ReconcileAsync(undisturbed, Buckets)).Succeeded();

        var kills = 0;
        Cli.Result last;
        while ((last = await ReconcileAsync(killed, Buckets, ("CLICKFUNCS_CRASH_AT_JOURNAL_WRITE", moment))).ExitCode != 0)
        {
            Assert.Equal(137, last.ExitCode);
            Assert.True(++kills < MostSteps, $"Killed {kills} times, it has not ended.");
            if (!await HasEndedAsync(killed))
                continue;
            last = await ReconcileAsync(killed, Buckets);
            break;
        }

        Assert.InRange(kills, 20, MostSteps);
        Assert.Equal(expected, last.Output);
        Assert.Equal(Reports(undisturbed), Reports(killed));
        Assert.Equal(await EntriesAsync(undisturbed), await EntriesAsync(killed));
        await killed.VerifyAsync();
    }

    private static Task<Cli.Result> ReconcileAsync(DataFolder folder, params (string Name, string Value)[] environment)
    {
        var start = Cli.StartInfo("reconcile", "--date", PlantedDay.Date, "--data", folder.Path);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Cli.RunAsync(start);
    }

    // Asking costs the start of a process; what the last step writes comes first.
    private static async Task<bool> HasEndedAsync(DataFolder folder) => Directory.Exists(folder.File("lake/closes"))
        && (await folder.JsonAsync("runs")).GetProperty("runs")[0].GetProperty("state").GetString() == "completed";

    private static async Task<string> EntriesAsync(DataFolder folder)
    {
        var entries = "";
        foreach (var journal in (await folder.RunAsync("ledger", "balance")).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var balance = System.Text.Json.JsonElement.Parse(journal);
            entries += (await folder.RunAsync(
                "ledger", "entries", "--advertiser", balance.GetProperty("advertiser_id").GetString()!, "--currency", balance.GetProperty("currency").GetString()!)).Succeeded();
        }

        Assert.NotEmpty(entries);
        return entries;
    }

    private static Dictionary<string, string> Reports(DataFolder folder)
    {
        var root = folder.File("lake/reports");
        var reports = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(root, path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
        Assert.Equal(4, reports.Count);
        return reports;
    }
}
