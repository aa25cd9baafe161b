using System.Globalization;
using ClickFuncs.Bench.Redirect;

namespace ClickFuncs.Bench.Beside;

/// <summary>
/// nginx answering every request with the same 302, without and with an access log that is written request by request, and a bare Kestrel, against the product's redirect: all on the same core,
/// driven in turns from the other one. nginx syncs nothing and checks nothing; a line of its access log can be lost, and be there twice.
/// </summary>
internal static class NginxRedirect
{
    // Until the code of both .NET servers is compiled for good, also on a busy machine.
    private const int WarmUpSeconds = 8;

    public static async Task<int> Run(string[] args)
    {
        var options = new RedirectBenchOptions();
        return await options.Command(() => MeasureAsync(options)).Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(RedirectBenchOptions options)
    {
        try
        {
            BesideServer.Find("nginx", "nginx", []);
        }
        catch (MissingProgramException missing)
        {
            await Console.Error.WriteLineAsync(missing.Message);
            return 1;
        }

        using var places = new BenchPlaces();
        var links = await RedirectBench.PrepareAsync(options, places);
        var barePort = BenchServer.FreePort();
        using var bare = await BenchServer.StartAsync(
            options.ServerCore, ["dotnet", typeof(NginxRedirect).Assembly.Location, "redirect-baseline", "--port", Text(barePort)], barePort);
        using var silent = await StartAsync(options, places.FillIn("{data}-nginx", "", 0), "off");
        using var logging = await StartAsync(options, places.FillIn("{data}-nginx-log", "", 0), "access.log combined");
        using var product = await BenchServer.StartAsync(options.ServerCore, options.Product(places), places.Port);
        List<(string Name, BenchServer Server, List<LoadResult> Runs)> sides =
            [("product", product, []), ("bare Kestrel", bare, []), ("nginx", silent, []), ("nginx with access log", logging, [])];
        foreach (var side in sides)
            await RedirectBench.DriveAsync(options, side.Server, links, 0, WarmUpSeconds);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var side in sides)
                side.Runs.Add(RedirectBench.Report($"{round} {side.Name}", await RedirectBench.DriveAsync(options, side.Server, links, 0, options.Seconds)));
        }

        foreach (var (name, _, runs) in sides.Skip(1))
        {
            var rate = RedirectBench.Median(sides[0].Runs.Zip(runs, (ours, theirs) => ours.RequestsPerSecond / theirs.RequestsPerSecond));
            var processor = RedirectBench.Median(sides[0].Runs.Zip(runs, (ours, theirs) => ours.ProcessorMicros / theirs.ProcessorMicros));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"product to {name}: {rate:F2} of its requests/s, {processor:F2} of its processor time a request (medians of {options.Rounds} pairs)"));
        }

        return sides.Sum(side => side.Runs.Sum(run => run.Failed)) == 0 ? 0 : 1;
    }

    // One process, so that its processor time is all there is, and nothing runs on but what is disposed.
    private static async Task<BenchServer> StartAsync(RedirectBenchOptions options, string folder, string accessLog)
    {
        var port = BenchServer.FreePort();
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 2048; }
            http {
                access_log {{accessLog}};
                keepalive_requests 1000000000;
                server {
                    listen 127.0.0.1:{{Text(port)}};
                    location / {
                        add_header Cache-Control "no-cache, no-store, must-revalidate" always;
                        return 302 https://example.org/landing;
                    }
                }
            }
            """);
        return await BenchServer.StartAsync(options.ServerCore, ["nginx", "-p", folder, "-c", configuration, "-e", Path.Combine(folder, "error.log")], port);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
