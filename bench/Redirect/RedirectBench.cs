using System.Globalization;

namespace ClickFuncs.Bench.Redirect;

/// <summary>
/// How much of the web server's speed does the product's redirect keep? Both run on the same single core and are driven
/// from another: closed loop in turns A B A B, so that a drift of the machine hits both alike, then open loop at half of the
/// product's rate for the latency a user sees.
/// </summary>
internal static class RedirectBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new RedirectBenchOptions();
        return await options.Command(() => MeasureAsync(options)).Parse(args).InvokeAsync();
    }

    // The driving process compiles itself and opens its connections in the first second, and at a fixed rate whatever is late
    // then counts: for some seconds' measurement that would be the whole of the last percent.
    private const int WarmUpSeconds = 4;

    private static async Task<int> MeasureAsync(RedirectBenchOptions options)
    {
        using var places = new BenchPlaces();
        var links = await PrepareAsync(options, places);
        var baselinePort = BenchServer.FreePort();
        string[] baselineCommand = ["dotnet", typeof(RedirectBench).Assembly.Location, "redirect-baseline", "--port", Text(baselinePort)];
        using var baseline = await BenchServer.StartAsync(options.ServerCore, baselineCommand, baselinePort);
        using var product = await BenchServer.StartAsync(options.ServerCore, options.Product(places), places.Port);

        Task<LoadResult> Drive(BenchServer server, int rate, int seconds) => DriveAsync(options, server, links, rate, seconds);
        await Drive(baseline, 0, 2);
        await Drive(product, 0, 2);

        var (baselineRuns, productRuns) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            baselineRuns.Add(Report($"A{round} bare server, closed loop", await Drive(baseline, 0, options.Seconds)));
            productRuns.Add(Report($"B{round} product, closed loop", await Drive(product, 0, options.Seconds)));
        }

        var half = Math.Max(1, (int)(productRuns.Average(run => run.RequestsPerSecond) / 2));
        using var http = new HttpClient();
        async Task<ServerTime> ReadServerTimeAsync() => ServerTime.Parse(await http.GetStringAsync(new Uri(product.Url, "/metrics")));
        var diskTime = TimeSpan.FromSeconds(options.Seconds);
        Console.WriteLine($"  {DiskAlone.Measure(places.Data, diskTime)}");
        var before = await ReadServerTimeAsync();
        var productAtHalf = Report($"product, open loop at {half}/s", await Drive(product, half, options.Seconds));
        Console.WriteLine($"  {await ReadServerTimeAsync() - before}");
        Console.WriteLine($"  {DiskAlone.Measure(places.Data, diskTime)}");
        LoadResult[] atHalf = [productAtHalf, Report($"bare server, open loop at {half}/s", await Drive(baseline, half, options.Seconds))];
        Compare(baselineRuns, productRuns);
        return productRuns.Concat(baselineRuns).Concat(atHalf).All(run => run.Failed == 0) ? 0 : 1;
    }

    // Neighbours disturb single runs by half and more. The median of neighbouring pairs is not moved by a few of them, and
    // processor time per request hardly at all.
    private static void Compare(List<LoadResult> bare, List<LoadResult> product) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"product {product.Average(run => run.RequestsPerSecond):F0}/s, bare {bare.Average(run => run.RequestsPerSecond):F0}/s; "
        + $"median ratio of pairs {Median(product.Zip(bare, (ours, theirs) => ours.RequestsPerSecond / theirs.RequestsPerSecond)):F3} of requests/s, "
        + $"{Median(product.Zip(bare, (ours, theirs) => ours.ProcessorMicros / theirs.ProcessorMicros)):F3} of processor time"));

    /// <summary>The middle of some values.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Makes the ad known and writes the file of links.</summary>
    /// <returns>Path of the file.</returns>
    internal static async Task<string> PrepareAsync(RedirectBenchOptions options, BenchPlaces places)
    {
        if (options.Links is { } ready)
            return ready.FullName;
        if (options.Prepare(places) is { Count: > 0 } prepare)
            await PinnedProcess.RunAsync(options.LoadCore, prepare);
        await PinnedProcess.RunAsync(options.LoadCore, options.MakeLinks(places));
        return places.Links;
    }

    /// <summary>Puts load on a server; rate 0 is the closed loop.</summary>
    internal static async Task<LoadResult> DriveAsync(RedirectBenchOptions options, BenchServer server, string links, int rate, int seconds)
    {
        string[] command =
        [
            "dotnet", typeof(RedirectBench).Assembly.Location, "redirect-load", "--url", server.Url.ToString(), "--links", links,
            "--connections", Text(options.Connections), "--rate", Text(rate), "--seconds", Text(seconds),
            "--warm-up", Text(rate > 0 ? WarmUpSeconds : 0),
        ];
        var before = server.ProcessorTime;
        var result = LoadResult.Parse(await PinnedProcess.RunAsync(options.LoadCore, command));
        return result with { ProcessorMicros = (server.ProcessorTime - before).TotalMicroseconds / Math.Max(1, result.Answers) };
    }

    /// <summary>Prints a result and gives it back.</summary>
    internal static LoadResult Report(string name, LoadResult result)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-36} {result.RequestsPerSecond,9:F0}/s  p50 {result.P50,7} us  p99 {result.P99,7} us  {result.ProcessorMicros,6:F1} us of processor  failed {result.Failed}"));
        return result;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
