using System.CommandLine;
using System.Net;
using ClickFuncs.Local.Hosting;

namespace ClickFuncs.Local.Commands;

/// <summary><c>up [--data DIR] [--port 7071] [--listen ADDRESS] [--partitions 8] [--demo]</c></summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var port = new Option<int>("--port") { Description = "Port; 0 takes a free one.", DefaultValueFactory = _ => 7071 };
        var listen = new Option<string>("--listen") { Description = "Address to listen at. Beyond loopback an issuer of tokens must be set, see docs/security.md.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        var partitions = new Option<int?>("--partitions") { Description = "Partitions of a new log; an existing log keeps its own. Default: 8." };
        var demo = new Option<bool>("--demo") { Description = "Make a catalog and live traffic with duplicates, late events and bots." };
        var command = new Command("up", "Run everything on this machine until interrupted. Settings: clickfuncs.json in the data folder, then ClickFuncs__ environment variables.") { data, port, listen, partitions, demo };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var host = new LocalHost(new DataDirectory(parsed.GetValue(data)!), TimeProvider.System)
            {
                Listen = IPAddress.TryParse(parsed.GetValue(listen), out var address) ? address : throw new ArgumentException($"--listen is '{parsed.GetValue(listen)}'; it must be an IP address, such as 0.0.0.0 for all."),
                Port = parsed.GetValue(port),
                Partitions = parsed.GetValue(partitions),
                IsDemo = parsed.GetValue(demo),
            };
            await host.RunAsync(cancellationToken);
            return 0;
        });
    }
}
