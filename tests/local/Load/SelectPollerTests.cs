using System.Net;
using ClickFuncs.Local.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Load;

public class SelectPollerTests
{
    [Fact]
    public async Task Wait_WholeRunOverIt_AnswersAndReconnects()
    {
        await using var server = new StubServer(number => new StubServer.Answer([StubServer.Found], ThenClose: number % 10 == 0));
        var options = new LoadOptions { Url = server.Url, Connections = 4, Duration = TimeSpan.FromSeconds(30) };
        var template = new RequestTemplate(server.Url.Authority);
        using var poller = new SelectPoller();
        using var pool = new ConnectionPool(
            options.Connections, new IPEndPoint(IPAddress.Loopback, server.Port), template.MaxLength, poller, TimeProvider.System.TimestampFrequency);
        var loop = new LoadLoop(
            options, new SyntheticLinkSource(200), template, pool, poller, ledger: null, TimeProvider.System, NullLogger.Instance);

        var summary = await Task.Run(() => loop.Run(CancellationToken.None));

        Assert.Equal(200, summary.Sent);
        // A close without a word may meet the next request on its way.
        Assert.Equal(200 - summary.Errors, summary.Acknowledged);
        Assert.InRange(summary.Acknowledged, 180, 200);
        Assert.True(summary.Reconnects > 0);
    }
}
