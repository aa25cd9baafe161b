namespace ClickFuncs.EndToEnd.Tests;

public sealed class VerbTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("ingest: There is no file", "ingest", "no-such-file.ndjson")]
    [InlineData("granularity is '7m'", "query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02", "--granularity", "7m")]
    [InlineData("start_time is 'early'", "query", "--advertiser", "a", "--from", "early", "--to", "2025-01-02")]
    [InlineData("group_by has no 'colour'", "query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02", "--group-by", "colour")]
    [InlineData("--filter is 'colour'", "query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02", "--filter", "colour")]
    [InlineData("link: The catalog has no ad 'ad_9'", "link", "--ad", "ad_9")]
    [InlineData("catalog list", "link", "--ad", "ad_9")]
    [InlineData("--price is 'cheap'", "catalog", "add", "--ad", "a", "--advertiser", "v", "--campaign", "c", "--landing", "http://x/", "--price", "cheap")]
    [InlineData("landing", "catalog", "add", "--ad", "a", "--advertiser", "v", "--campaign", "c", "--landing", "ftp://x/", "--price", "1")]
    [InlineData("load: No host runs on", "load", "--rate", "1", "--seconds", "1")]
    [InlineData("load: --url is 'here'", "load", "--url", "here")]
    [InlineData("--from is 'early'", "backfill", "--from", "early", "--to", "2025-01-02")]
    [InlineData("--no-such-option", "query", "--no-such-option")]
    public async Task Verb_WrongInput_FailsWithASentenceOnStandardError(string sentence, params string[] args)
    {
        var result = await _data.RunAsync(args);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(sentence, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02")]
    [InlineData("verify")]
    [InlineData("catalog", "list")]
    [InlineData("link", "--ad", "ad_1")]
    [InlineData("load")]
    public async Task Verb_MisspeltFolder_FailsAndDoesNotMakeIt(params string[] args)
    {
        var misspelt = _data.File("no-such-folder");
        var result = await Cli.RunAsync([.. args, "--data", misspelt]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(misspelt, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(misspelt));
    }

    [Fact]
    public async Task Verb_Result_IsAloneOnStandardOutput()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        var events = _data.File("events.ndjson");
        await File.WriteAllTextAsync(events, "no event\n");
        string[][] verbs =
        [
            ["ingest", events], ["query", "--advertiser", "adv_1", "--from", "2025-01-01", "--to", "2025-01-02"],
            ["link", "--ad", "ad_1"], ["catalog", "list"],
        ];
        foreach (var verb in verbs)
        {
            var result = await _data.RunAsync(verb);
            Assert.Single(result.Succeeded().TrimEnd('\n').Split('\n'));
            Assert.Empty(result.Error);
        }

        var report = await _data.RunAsync("verify");
        Assert.StartsWith("{", report.Succeeded(), StringComparison.Ordinal);
        Assert.Empty(report.Error);
    }
}
