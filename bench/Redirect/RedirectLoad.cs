using System.CommandLine;
using ClickFuncs.Local.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Redirect;

/// <summary>The driving side of <see cref="RedirectBench"/>, a process of its own so that it can have a core of its own.</summary>
internal static class RedirectLoad
{
    public static async Task<int> Run(string[] args)
    {
        var url = new Option<string>("--url") { Required = true, Description = "The server." };
        var links = new Option<FileInfo?>("--links") { Description = "File of links, repeated; numbered unsigned links when absent." };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 256 };
        var rate = new Option<int>("--rate") { Description = "Requests per second; 0 is the closed loop." };
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 5 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds before latency is measured, in addition." };
        var command = new RootCommand("Drives one server and prints a summary as JSON.") { url, links, connections, rate, seconds, warmUp };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new LoadOptions
            {
                Url = new Uri(parsed.GetRequiredValue(url)),
                Rate = parsed.GetValue(rate),
                Connections = parsed.GetValue(connections),
                WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(warmUp) + parsed.GetValue(seconds)),
            };
            ILinkSource source = parsed.GetValue(links) is { } file
                ? FileLinkSource.Load(file.FullName, repeat: true)
                : new SyntheticLinkSource();
            var generator = new LoadGenerator(options, source, TimeProvider.System, NullLogger<LoadGenerator>.Instance);
            Console.WriteLine(await generator.RunAsync(cancellationToken));
        });
        return await command.Parse(args).InvokeAsync();
    }
}
