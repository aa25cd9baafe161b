using System.Text.Json;
using ClickFuncs.Local.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Load;

public sealed class LoadGeneratorTests : IDisposable
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    private readonly string _ledger = Path.GetTempFileName();

    public void Dispose() => File.Delete(_ledger);

    [Fact]
    public async Task RunAsync_EveryLinkAnswered_LedgerHoldsEveryClickId()
    {
        await using var server = new StubServer(_ => StubServer.Found);
        var summary = await RunAsync(Options(server.Url), links: 2000);

        Assert.Equal((2000, 2000, 0), (summary.Sent, summary.Acknowledged, summary.Errors));
        Assert.Equal(Ids(server.Answered), Ledger());
        Assert.Equal(2000, Ledger().Count);
        Assert.True(summary.P50 <= summary.P99 && summary.P99 <= summary.Max && summary.Max > 0);
    }

    [Fact]
    public async Task RunAsync_AnswersOfTheWarmUp_AreCountedButNotTimed()
    {
        await using var server = new StubServer(_ => StubServer.Found);
        var warming = await RunAsync(Options(server.Url) with { Duration = Ample, WarmUp = Ample - TimeSpan.FromTicks(1) }, links: 50);
        var measured = await RunAsync(Options(server.Url) with { Duration = Ample }, links: 50);

        Assert.Equal((50, 50), (warming.Acknowledged, measured.Acknowledged));
        Assert.Equal((0, 0), (warming.Max, warming.AcceptedP99));
        Assert.True(measured.Max > 0 && measured.AcceptedP99 > 0);
    }

    [Fact]
    public async Task RunAsync_Requests_LookLikeABrowsers()
    {
        await using var server = new StubServer(_ => StubServer.Found);
        await RunAsync(Options(server.Url), links: 8);

        Assert.All(server.Requests, request =>
        {
            Assert.StartsWith("GET /c/clk_", request, StringComparison.Ordinal);
            Assert.Contains($"\r\nHost: 127.0.0.1:{server.Port}\r\n", request, StringComparison.Ordinal);
            Assert.Contains("\r\nAccept: ", request, StringComparison.Ordinal);
            Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal(4, server.Requests.Select(r => r.Split("User-Agent: ")[1].Split('\r')[0]).Distinct().Count());
    }

    [Fact]
    public async Task RunAsync_MixedAnswers_CountsByClassAndAcknowledgesOnly302()
    {
        string[] answers =
        [
            StubServer.Found, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
            "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbusy\r\n0\r\n\r\n", "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n",
        ];
        await using var server = new StubServer(number => answers[number % 4]);
        var summary = await RunAsync(Options(server.Url), links: 400);

        Assert.Equal((200, 100, 100), (summary.Answered[3], summary.Answered[4], summary.Answered[5]));
        Assert.Equal((100, 100), (summary.Acknowledged, Ledger().Count));
    }

    [Fact]
    public async Task RunAsync_AnswerCutOff_IsAnErrorAndNotAcknowledged()
    {
        await using var server = new StubServer(number =>
            number % 10 == 0 ? new StubServer.Answer([StubServer.Found[..^1]], ThenClose: true) : StubServer.Found);
        var summary = await RunAsync(Options(server.Url), links: 200);

        Assert.Equal((200, 180, 20), (summary.Sent, summary.Acknowledged, summary.Errors));
        Assert.Equal(Ids(server.Answered), Ledger());
        Assert.True(summary.Reconnects > 0);
    }

    [Fact]
    public async Task RunAsync_ServerClosesAfterEachAnswer_EveryAnswerCounts()
    {
        const string closing = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        await using var server = new StubServer(_ => new StubServer.Answer([closing[..20], closing[20..]], ThenClose: true));
        var summary = await RunAsync(Options(server.Url), links: 100);

        Assert.Equal((100, 0), (summary.Acknowledged, summary.Errors));
    }

    [Fact]
    public async Task RunAsync_NoHttp_IsAnError()
    {
        await using var server = new StubServer(_ => "220 mail.example.org ready\r\n\r\n");
        var summary = await RunAsync(Options(server.Url), links: 5);
        Assert.Equal((5, 0, 5), (summary.Sent, summary.Acknowledged, summary.Errors));
    }

    [Fact]
    public async Task RunAsync_ServerRestarts_ReconnectsAndKeepsOnlyWhatWasAnswered()
    {
        var half = new TaskCompletionSource();
        var first = new StubServer(number =>
        {
            if (number == 500)
                half.SetResult();
            return StubServer.Found;
        });
        var running = RunAsync(Options(first.Url), links: 20_000);
        await half.Task;
        await first.DisposeAsync();
        await using var second = new StubServer(_ => StubServer.Found, first.Port);
        var summary = await running;

        Assert.Equal(20_000, summary.Sent);
        Assert.Equal(20_000 - summary.Errors, summary.Acknowledged);
        Assert.InRange(summary.Errors, 0, 8);
        Assert.True(summary.Reconnects > 0);
        // An answer handed to the network by the first server may still have been lost with it, never the reverse.
        Assert.Superset(Ids(second.Answered), Ledger());
        Assert.Subset(Ids(first.Answered.Concat(second.Answered)), Ledger());
    }

    [Fact]
    public async Task RunAsync_OpenLoop_SendsTheRate()
    {
        await using var server = new StubServer(_ => StubServer.Found);
        var summary = await RunAsync(Options(server.Url) with { Rate = 1000, Duration = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(300, summary.Sent + summary.Unsent);
        Assert.Equal(summary.Sent, summary.Acknowledged);
    }

    [Fact]
    public async Task RunAsync_ServerStalls_LatencyCountsFromWhenItWasDue()
    {
        using var stall = new ManualResetEventSlim();
        await using var server = new StubServer(number =>
        {
            if (number == 1)
                stall.Wait(TimeSpan.FromMilliseconds(100));
            return StubServer.Found;
        });
        var summary = await RunAsync(Options(server.Url) with { Rate = 1000, Connections = 1, Duration = TimeSpan.FromMilliseconds(300) });

        // One request waited 100 ms itself; the hundred that were due meanwhile waited for it.
        Assert.True(summary.P90 > 20_000, summary.ToString());
    }

    [Fact]
    public async Task RunAsync_NoServer_EndsWithTheDuration()
    {
        var gone = new StubServer(_ => StubServer.Found);
        await gone.DisposeAsync();
        var summary = await RunAsync(Options(gone.Url) with { Rate = 100, Duration = TimeSpan.FromMilliseconds(100) });
        Assert.Equal((0, 10), (summary.Sent, summary.Unsent));
    }

    [Fact]
    public async Task RunAsync_Cancelled_StillSummarizes()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new StubServer(number =>
        {
            if (number == 100)
                cancel.Cancel();
            return StubServer.Found;
        });
        var summary = await RunAsync(Options(server.Url), cancellationToken: cancel.Token);
        Assert.True(summary.Acknowledged >= 100);
        Assert.Equal(summary.Sent, summary.Acknowledged);
    }

    [Fact]
    public async Task RunAsync_ServerNeverAnswers_TimesOutAndReconnects()
    {
        await using var server = new StubServer(number => number <= 2 ? new StubServer.Answer([]) : StubServer.Found);
        var options = Options(server.Url) with { Connections = 1, RequestTimeout = TimeSpan.FromMilliseconds(500) };
        var summary = await RunAsync(options, links: 10);
        Assert.Equal((10, 8, 2, 2), (summary.Sent, summary.Acknowledged, summary.Errors, summary.Reconnects));
    }

    [Fact]
    public async Task RunAsync_ServerHangsAtTheEnd_WaitsOnlyTheDrainTime()
    {
        await using var server = new StubServer(_ => new StubServer.Answer([]));
        var summary = await RunAsync(Options(server.Url) with { DrainTime = TimeSpan.FromMilliseconds(50) }, links: 4);
        Assert.Equal((4, 0, 4), (summary.Sent, summary.Acknowledged, summary.Errors));
    }

    [Fact]
    public async Task RunAsync_WrongOptions_NamesEveryOne()
    {
        var options = new LoadOptions { Rate = -1, WarmUp = TimeSpan.FromSeconds(-1), Connections = 0, Url = new Uri("https://example.org") };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(options));
        Assert.Contains("rate", error.Message, StringComparison.Ordinal);
        Assert.Contains("warm-up", error.Message, StringComparison.Ordinal);
        Assert.Contains("connections", error.Message, StringComparison.Ordinal);
        Assert.Contains("address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LedgerWithoutClickIds_Refuses()
    {
        await File.WriteAllTextAsync(_ledger, "/c/token-only\n");
        var links = FileLinkSource.Load(_ledger);
        var generator = new LoadGenerator(
            Options(new Uri("http://127.0.0.1:1")), links, TimeProvider.System, NullLogger<LoadGenerator>.Instance);
        await Assert.ThrowsAsync<ArgumentException>(() => generator.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ToString_Summary_IsJsonWithTheDocumentedNames()
    {
        await using var server = new StubServer(_ => StubServer.Found);
        var json = JsonDocument.Parse((await RunAsync(Options(server.Url), links: 3)).ToString()).RootElement;
        Assert.Equal(3, json.GetProperty("acknowledged").GetInt64());
        Assert.Equal(3, json.GetProperty("answered").GetProperty("3xx").GetInt64());
        Assert.Equal(
            ["sent", "answered", "acknowledged", "errors", "unsent", "reconnects", "seconds", "requests_per_second", "latency_us", "from_sending_us"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["p50", "p90", "p99", "p999", "max"], json.GetProperty("latency_us").EnumerateObject().Select(property => property.Name));
    }

    private LoadOptions Options(Uri url) => new() { Url = url, Connections = 8, Duration = Ample, LedgerPath = _ledger };

    private static Task<LoadSummary> RunAsync(LoadOptions options, long links = long.MaxValue, CancellationToken cancellationToken = default) =>
        new LoadGenerator(options, new SyntheticLinkSource(links), TimeProvider.System, NullLogger<LoadGenerator>.Instance).RunAsync(cancellationToken);

    private SortedSet<string> Ledger() => [.. File.ReadAllLines(_ledger)];

    private static SortedSet<string> Ids(IEnumerable<string> targets) => [.. targets.Select(target => target["/c/".Length..])];
}
