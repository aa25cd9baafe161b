using System.CommandLine;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Querying;

namespace ClickFuncs.Local.Commands;

/// <summary><c>query</c></summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var advertiser = new Option<string>("--advertiser") { Description = "Whose numbers: the advertiser's id.", Required = true, HelpName = "ID" };
        var from = new Option<string>("--from") { Description = "Start (start_time), inclusive: ISO-8601, UTC unless said, or Unix time.", Required = true, HelpName = "TIME" };
        var to = new Option<string>("--to") { Description = "End (end_time), exclusive.", Required = true, HelpName = "TIME" };
        var granularity = new Option<string>("--granularity") { Description = "Width of a point.", HelpName = "1m|1h|1d", DefaultValueFactory = _ => "1h" };
        var groupBy = new Option<string[]>("--group-by") { Description = $"Dimensions, separated by commas: {AnalyticsVocabulary.DimensionNames}.", HelpName = "DIMENSIONS" };
        var filter = new Option<string[]>("--filter") { Description = "Only these; may be given several times, values of one dimension are alternatives.", HelpName = "DIMENSION=VALUE" };
        var metrics = new Option<string[]>("--metrics") { Description = $"Metrics to print, separated by commas; all unless said: {AnalyticsMetrics.Names}.", HelpName = "METRICS" };
        var zone = new Option<string?>("--time-zone") { Description = "IANA name of the place whose days points of 1d are, and whose clock TIME without an offset is, such as Europe/Oslo; UTC unless said.", HelpName = "ZONE" };
        var accuracy = new Option<string>("--accuracy") { Description = "live: the stream's counts; final: only what the nightly recount confirmed; auto: final where there is one.", HelpName = "auto|live|final", DefaultValueFactory = _ => "auto" };
        var fill = new Option<bool>("--fill") { Description = "Add zero points for times where nothing happened." };
        var command = new Command("query", "Print the analytics answer as JSON.")
        {
            advertiser, from, to, granularity, zone, groupBy, filter, metrics, accuracy, fill, data,
        };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var text = new AnalyticsQueryText
            {
                AdvertiserId = parsed.GetValue(advertiser),
                StartTime = parsed.GetValue(from),
                EndTime = parsed.GetValue(to),
                Granularity = parsed.GetValue(granularity),
                TimeZone = parsed.GetValue(zone),
                GroupBy = parsed.GetValue(groupBy) ?? [],
                Filters = [.. (parsed.GetValue(filter) ?? []).Select(Pair)],
                Metrics = parsed.GetValue(metrics) ?? [],
                Accuracy = parsed.GetValue(accuracy),
            };
            var result = AnalyticsQueryParser.Parse(text);
            if (!result.IsValid)
                throw new ArgumentException(string.Join(" ", result.Errors));
            var answers = new LocalAnswers(DataDirectory.Existing(parsed.GetValue(data)!));
            await using var output = Console.OpenStandardOutput();
            await answers.WriteAsync(result.Query, text, parsed.GetValue(fill), output, cancellationToken);
            return 0;
        });
    }

    private static KeyValuePair<string, string> Pair(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new KeyValuePair<string, string>(text[..at], text[(at + 1)..])
        : throw new ArgumentException($"--filter is '{text}'; it must be DIMENSION=VALUE.");
}
