using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests.Close;

/// <summary>A closed day, and a click that is archived but in no part yet; then one file of the lake after the other is taken away or altered.</summary>
public sealed class TamperTests
{
    // The newest of each kind: what comes after a file can vouch for it, so the newest is the one that nothing vouches for.
    private static readonly string[] Kinds =
    [
        "parquet/manifests/*.json", "parquet/day=2026-07-01/*.parquet", "parquet/undecoded/*.parquet", "capture/*.avro", "closes/*.json", "recount/*.parquet",
        "reports/*.json", "ledger/seals/*.json",
    ];

    [Fact]
    public async Task Verify_AnyFileOfTheLakeTakenAwayOrAltered_NamesIt()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 500, seed: 19);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);
        await AddUncompactedAsync(folder);
        await folder.VerifyAsync();

        foreach (var kind in Kinds)
        {
            var file = NewestOf(folder, kind);
            var content = await File.ReadAllBytesAsync(file);
            File.Delete(file);
            await AssertNamedAsync(folder, file, "is missing");
            content[content.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, content);
            await AssertNamedAsync(folder, file, "was altered");
            content[content.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, content);
        }

        await folder.VerifyAsync();
    }

    [Fact]
    public async Task Verify_NewestManifestTakenAwayWithTheInventory_IsSeenByTheClose()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 500, seed: 23);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);
        File.Delete(NewestOf(folder, "parquet/manifests/*.json"));
        File.Delete(folder.File("lake-inventory.db"));

        var findings = await FindingsAsync(folder);

        Assert.Contains(findings, finding => finding.StartsWith("There is no ", StringComparison.Ordinal) && finding.Contains("lake-inventory.db", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("the newest manifests are missing", StringComparison.Ordinal));
    }

    // A close of another day archives what is on the log, but makes no part of what came after its own.
    private static async Task AddUncompactedAsync(DataFolder folder)
    {
        await File.WriteAllTextAsync(
            folder.File("late.ndjson"),
            """{"click_id":"late","ad_id":"ad_0","campaign_id":"cmp_0","advertiser_id":"adv_a","cost_micros":1,"currency":"NOK","event_time":"2026-07-02T01:59:00Z"}""" + "\n");
        await folder.JsonAsync("ingest", folder.File("late.ndjson"));
        (await folder.RunAsync("run", "rollup")).Succeeded();
    }

    private static string NewestOf(DataFolder folder, string kind)
    {
        var root = folder.File("lake/" + kind[..kind.LastIndexOf('/')]);
        return Directory.EnumerateFiles(root, kind[(kind.LastIndexOf('/') + 1)..], SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;
    }

    private static async Task AssertNamedAsync(DataFolder folder, string file, string problem)
    {
        var path = Path.GetRelativePath(folder.File("lake"), file);
        Assert.Contains(await FindingsAsync(folder), finding => finding.Contains(path, StringComparison.Ordinal) && finding.Contains(problem, StringComparison.Ordinal));
    }

    private static async Task<string[]> FindingsAsync(DataFolder folder)
    {
        var result = await folder.RunAsync("verify");
        Assert.Equal(1, result.ExitCode);
        return [.. JsonElement.Parse(result.Output).GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()!)];
    }
}
