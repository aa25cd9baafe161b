using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace ClickFuncs.Bench.Workload;

/// <summary>Generates event files for measurements and for tests against the independent count.</summary>
internal static class BenchWorkload
{
    public static int Run(string[] args)
    {
        var defaults = new WorkloadOptions();
        var output = new Option<FileInfo>("--out") { Required = true, Description = "The file to write." };
        var events = Number("--events", defaults.Events, "Lines, repeats included.");
        var seed = Number("--seed", (int)defaults.Seed, "Everything random follows from it.");
        var start = new Option<DateTimeOffset>("--start")
        {
            DefaultValueFactory = _ => DateTimeOffset.FromUnixTimeMilliseconds(defaults.StartMs), Description = "Start of the span of event times.",
        };
        var minutes = Number("--minutes", defaults.Minutes, "Length of that span.");
        var duplicates = Number("--duplicates", defaults.DuplicatesPerMille, "Lines per thousand that repeat another.");
        var late = Number("--late", defaults.LatePerMille, "Events per thousand that are 20 to 180 minutes late.");
        var impressions = Number("--impressions", defaults.ImpressionsPerMille, "Events per thousand that are impressions.");
        var conversions = Number("--conversions", defaults.ConversionsPerMille, "Events per thousand that are conversions.");
        var advertisers = Number("--advertisers", defaults.Advertisers, "Advertisers.");
        var campaigns = Number("--campaigns", defaults.Campaigns, "Campaigns of each advertiser.");
        var ads = Number("--ads", defaults.Ads, "Ads of each campaign.");
        var command = new RootCommand("Writes events as NDJSON, the same for the same options.")
        {
            output, events, seed, start, minutes, duplicates, late, impressions, conversions, advertisers, campaigns, ads,
        };
        command.SetAction(parsed => Generate(
            new WorkloadOptions
            {
                Events = parsed.GetValue(events),
                Seed = (ulong)parsed.GetValue(seed),
                StartMs = parsed.GetValue(start).ToUnixTimeMilliseconds(),
                Minutes = parsed.GetValue(minutes),
                DuplicatesPerMille = parsed.GetValue(duplicates),
                LatePerMille = parsed.GetValue(late),
                ImpressionsPerMille = parsed.GetValue(impressions),
                ConversionsPerMille = parsed.GetValue(conversions),
                Advertisers = parsed.GetValue(advertisers),
                Campaigns = parsed.GetValue(campaigns),
                Ads = parsed.GetValue(ads),
            },
            parsed.GetRequiredValue(output)));
        return command.Parse(args).Invoke();
    }

    private static void Generate(WorkloadOptions options, FileInfo output)
    {
        var started = Stopwatch.GetTimestamp();
        var order = WorkloadFile.Write(options, output.FullName);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"lines\":{options.Events},\"unique\":{order.Unique},\"late\":{order.Late},\"seconds\":{Stopwatch.GetElapsedTime(started).TotalSeconds:F2}}}"));
    }

    private static Option<int> Number(string name, int value, string description) =>
        new(name) { DefaultValueFactory = _ => value, Description = description };
}
