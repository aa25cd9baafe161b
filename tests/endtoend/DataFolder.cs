using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>A fresh data folder, deleted afterwards, and what the verbs say about it.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("clickfuncs-e2e-").FullName;

    /// <summary>A folder with the same content.</summary>
    public DataFolder Copy()
    {
        var copy = new DataFolder();
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(folder.Replace(Path, copy.Path, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            System.IO.File.Copy(file, file.Replace(Path, copy.Path, StringComparison.Ordinal));
        return copy;
    }

    /// <summary>Path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Runs a verb on this folder.</summary>
    public Task<Cli.Result> RunAsync(params string[] args) => Cli.RunAsync([.. args, "--data", Path]);

    /// <summary>Runs a verb that must succeed and print one JSON value.</summary>
    public async Task<JsonElement> JsonAsync(params string[] args) => JsonElement.Parse((await RunAsync(args)).Succeeded());

    /// <summary>What <c>query</c> answers for all time; minute by minute for 2025, the year of generated files.</summary>
    public Task<JsonElement> QueryAsync(string advertiser, string granularity, params string[] more)
    {
        var end = granularity == "1m" ? "2026-01-01" : "2100-01-01";
        return JsonAsync(["query", "--advertiser", advertiser, "--from", "2025-01-01", "--to", end, "--granularity", granularity, .. more]);
    }

    /// <summary>Makes the catalog know an ad that costs 0.45 USD a click.</summary>
    public async Task AddAdAsync(string ad, string advertiser, Uri landing) => (await RunAsync(
        "catalog", "add", "--ad", ad, "--advertiser", advertiser, "--campaign", "cmp_1", "--landing", $"{landing}", "--price", "0.45")).Succeeded();

    /// <summary>What <c>verify</c> reports; fails unless all is well.</summary>
    public async Task<JsonElement> VerifyAsync()
    {
        var report = await JsonAsync("verify");
        Assert.True(report.GetProperty("ok").GetBoolean());
        return report;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
