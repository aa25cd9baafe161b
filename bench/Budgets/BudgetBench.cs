using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ClickFuncs.Bench.Redirect;

namespace ClickFuncs.Bench.Budgets;

/// <summary>
/// How much does a campaign overspend when everybody clicks it at once? The real host with 8 partitions, a burst at full speed against one
/// campaign, and its budget in the middle of it. The measure is velocity times two seconds.
/// </summary>
internal static class BudgetBench
{
    private const string Campaign = "cmp_burst";
    private const long PriceMicros = 450_000;
    private const double MicrosPerUnit = 1_000_000;
    private const int Partitions = 8;
    private static readonly double PublishSeconds = new ClickFuncs.Processing.StreamOptions().PublishInterval.TotalSeconds;

    public static async Task<int> Run(string[] args)
    {
        var daily = new Option<int>("--daily") { Description = "Daily budget in USD.", DefaultValueFactory = _ => 5_000 };
        var seconds = new Option<int>("--seconds") { Description = "Length of the burst.", DefaultValueFactory = _ => 15 };
        var rate = new Option<int>("--rate") { Description = "Clicks per second; 0 is full speed.", DefaultValueFactory = _ => 0 };
        var cap = new Option<long>("--cap") { Description = "Money at risk that is allowed, in USD; large, so that only the budget stops the burst.", DefaultValueFactory = _ => 1_000_000 };
        var command = new RootCommand("Measures overspend of a campaign under a burst.") { daily, seconds, rate, cap };
        command.SetAction(async (parsed, _) => await MeasureAsync(parsed.GetValue(daily), parsed.GetValue(seconds), parsed.GetValue(rate), parsed.GetValue(cap)));
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(int daily, int seconds, int rate, long cap)
    {
        using var places = new BenchPlaces();
        foreach (var name in (string[])["CampaignRiskMicros", "TotalRiskMicros"])
            Environment.SetEnvironmentVariable($"ClickFuncs__Budgets__{name}", (cap * 1_000_000).ToString(CultureInfo.InvariantCulture));
        await VerbAsync(places, "catalog add --ad ad_burst --advertiser adv_bench --campaign cmp_burst --landing https://example.com/ --price 0.45 --data {data}");
        await VerbAsync(places, $"budget set --campaign {Campaign} --advertiser adv_bench --daily {daily} --data {{data}}");
        using var server = await BenchServer.StartAsync(0, Words(places, "dotnet {local} up --data {data} --port {port} --partitions {partitions}".Replace("{partitions}", $"{Partitions}", StringComparison.Ordinal)), places.Port);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await VerbAsync(places, "token --role operator --data {data}")).Trim());
        await WatchAsync(http, budget => budget.State == "active");

        var load = VerbAsync(places, $"load --rate {rate} --seconds {seconds} --url {{url}} --data {{data}}");
        var (peak, stopped, oldest) = (0L, (BudgetReading?)null, TimeSpan.Zero);
        var (reports, started) = (await ReportsAsync(http), System.Diagnostics.Stopwatch.GetTimestamp());
        while (!load.IsCompleted)
        {
            var now = await ReadAsync(http);
            peak = Math.Max(peak, now.MicrosPerSecond);
            oldest = TimeSpan.FromTicks(Math.Max(oldest.Ticks, (DateTimeOffset.UtcNow - now.AsOf).Ticks));
            if (now.State == "exhausted")
                stopped ??= now;
            await Task.Delay(50);
        }

        var summary = JsonElement.Parse(await load);
        var ended = DateTimeOffset.UtcNow;
        var last = await WatchAsync(http, budget => budget.AsOf > ended);
        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        var sent = await ReportsAsync(http) - reports;
        Print($"reports of spend in {elapsed:F1} s: {sent}, which is {sent / (Partitions * elapsed / PublishSeconds):F2} per partition and publish interval; spend known at most {oldest.TotalSeconds:F2} s late");
        return Report(daily * 1_000_000L, summary, peak, stopped, last);
    }

    private static int Report(long budget, JsonElement load, long peak, BudgetReading? stopped, BudgetReading last)
    {
        var perSecond = load.GetProperty("requests_per_second").GetDouble();
        var velocity = perSecond * PriceMicros;
        var over = Math.Max(0, last.Spent - budget);
        Print($"clicks {load.GetProperty("acknowledged").GetInt64()}, {perSecond:F0}/s, so velocity {velocity / MicrosPerUnit:F2} USD/s; the lane measured up to {peak / MicrosPerUnit:F2} USD/s");
        Print($"budget {budget / MicrosPerUnit:F2} USD, spent {last.Spent / MicrosPerUnit:F2}, overspent {over / MicrosPerUnit:F2} USD = velocity x {over / velocity:F2} s; state {last.State}");
        Print($"limit velocity x 2 s = {2 * velocity / MicrosPerUnit:F2} USD: {(over <= 2 * velocity ? "kept" : "BROKEN")}; first seen exhausted at {(stopped is { } first ? first.Spent / MicrosPerUnit : 0):F2} USD");
        return over <= 2 * velocity && stopped is not null ? 0 : 1;
    }

    private static async Task<BudgetReading> WatchAsync(HttpClient http, Func<BudgetReading, bool> until)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await ReadAsync(http) is var now && until(now))
                return now;
            await Task.Delay(100);
        }

        throw new TimeoutException("The budget did not get there within a minute.");
    }

    private static async Task<BudgetReading> ReadAsync(HttpClient http)
    {
        var budget = JsonElement.Parse(await http.GetStringAsync(new Uri($"/api/v1/budgets/{Campaign}", UriKind.Relative)));
        return new BudgetReading(
            budget.GetProperty("state").GetString()!, Number(budget, "spent_today_micros"), Number(budget, "micros_per_second"),
            budget.GetProperty("as_of") is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : default);
    }

    private static async Task<long> ReportsAsync(HttpClient http)
    {
        const string Name = "clickfuncs_budget_reports_total ";
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics.Split('\n').Where(line => line.StartsWith(Name, StringComparison.Ordinal)).Sum(line => long.Parse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture));
    }

    private static long Number(JsonElement budget, string name) =>
        budget.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;

    private static Task<string> VerbAsync(BenchPlaces places, string verb) => PinnedProcess.RunAsync(1, Words(places, "dotnet {local} " + verb));

    private static List<string> Words(BenchPlaces places, string command) =>
        [.. command.Split(' ').Select(word => places.FillIn(word.Replace("{url}", $"http://127.0.0.1:{places.Port}", StringComparison.Ordinal), "ad_burst", 0))];

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
