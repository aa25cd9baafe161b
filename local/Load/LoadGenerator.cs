using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Load;

/// <summary>Puts load on a running host and measures how it answers: the engine of the <c>load</c> command.</summary>
internal sealed class LoadGenerator(LoadOptions options, ILinkSource links, TimeProvider time, ILogger<LoadGenerator> logger)
{
    /// <summary>
    /// Runs on a thread of its own until the duration is over, the links are used up, or it is cancelled: that too is a
    /// regular end with a summary. A lost server is an error of its requests, not of the run.
    /// </summary>
    /// <exception cref="ArgumentException">An option is wrong, or doesn't fit the links.</exception>
    /// <exception cref="SocketException">The host name is unknown.</exception>
    /// <exception cref="IOException">The ledger can't be written.</exception>
    public async Task<LoadSummary> RunAsync(CancellationToken cancellationToken)
    {
        options.Validate();
        if (options.LedgerPath is not null && !links.KnowsClickIds)
            throw new ArgumentException("The load can't run: the ledger needs links that come with their click ids.");
        var addresses = await Dns.GetHostAddressesAsync(options.Url.Host, cancellationToken);
        // "localhost" often resolves to ::1 first, where a server bound to 127.0.0.1 doesn't listen.
        var address = addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        var server = new IPEndPoint(address, options.Url.Port);
        return await Task.Factory.StartNew(
            () => Run(server, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private LoadSummary Run(IPEndPoint server, CancellationToken cancellationToken)
    {
        var template = new RequestTemplate(options.Url.Authority, options.Visitors, options.FirstVisitor);
        using var ledger = options.LedgerPath is { } path ? new AcknowledgementLedger(path) : null;
        using var poller = ISocketPoller.Create();
        using var pool = new ConnectionPool(options.Connections, server, template.MaxLength, poller, time.TimestampFrequency);
        return new LoadLoop(options, links, template, pool, poller, ledger, time, logger).Run(cancellationToken);
    }
}
