using System.CommandLine;
using ClickFuncs.Links;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Load;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>load --rate N --seconds S</c></summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var rate = new Option<int>("--rate") { Description = "Clicks per second on a fixed schedule; 0: as fast as answers come.", DefaultValueFactory = _ => 1000 };
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var connections = new Option<int>("--connections") { Description = "Connections, each with one request under way.", DefaultValueFactory = _ => 64 };
        var url = new Option<string?>("--url") { Description = "Address of the host. Default: the one running on the data folder." };
        var links = new Option<string?>("--links") { Description = "File of links to follow, one a line. Default: fresh links for the ads of the catalog." };
        var ledger = new Option<string?>("--ledger") { Description = "File that receives the id of each acknowledged click." };
        var command = new Command("load", "Click as fast as told and print throughput and latency.") { rate, seconds, connections, url, links, ledger, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var (to, file) = (parsed.GetValue(url), parsed.GetValue(links));
            // With both given, host and links are somebody else's, and no folder is needed.
            var directory = to != null && file != null ? null : DataDirectory.Existing(parsed.GetValue(data)!);
            var address = to ?? HostAddress.Find(directory!)?.Url
                ?? throw new InvalidOperationException($"No host runs on {directory!.Root}. Start one with 'up', or name its address with --url.");
            var options = new LoadOptions
            {
                Rate = parsed.GetValue(rate),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Connections = parsed.GetValue(connections),
                Url = Uri.TryCreate(address, UriKind.Absolute, out var server) ? server : throw new ArgumentException($"--url is '{address}'; it must be http://HOST:PORT."),
                LedgerPath = parsed.GetValue(ledger),
            };
            options.Validate();
            ILinkSource source = file != null
                ? FileLinkSource.Load(file)
                : await FreshLinks.OpenAsync(directory!, TimeProvider.System, cancellationToken);
            using var loggers = Verb.Loggers(LogLevel.Warning);
            var generator = new LoadGenerator(options, source, TimeProvider.System, loggers.CreateLogger<LoadGenerator>());
            Console.WriteLine(await generator.RunAsync(cancellationToken));
            return 0;
        });
    }
}
