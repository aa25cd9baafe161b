using System.CommandLine;
using ClickFuncs.Analytics;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Querying;

namespace ClickFuncs.Local.Commands;

/// <summary><c>query</c></summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var advertiser = new Option<string>("--advertiser") { Description = "Whose numbers.", Required = true };
        var from = new Option<string>("--from") { Description = "Start, inclusive: ISO-8601 or Unix time.", Required = true };
        var to = new Option<string>("--to") { Description = "End, exclusive.", Required = true };
        var granularity = new Option<string>("--granularity") { Description = "1m, 1h or 1d.", DefaultValueFactory = _ => "1h" };
        var groupBy = new Option<string[]>("--group-by") { Description = $"Dimensions, separated by commas: {AnalyticsVocabulary.DimensionNames}." };
        var filter = new Option<string[]>("--filter") { Description = "DIMENSION=VALUE; may be given several times.", HelpName = "k=v" };
        var accuracy = new Option<string>("--accuracy") { Description = "auto, live or final.", DefaultValueFactory = _ => "auto" };
        var fill = new Option<bool>("--fill") { Description = "Add zero points for times where nothing happened." };
        var command = new Command("query", "Print the analytics answer as JSON.")
        {
            advertiser, from, to, granularity, groupBy, filter, accuracy, fill, data,
        };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var text = new AnalyticsQueryText
            {
                AdvertiserId = parsed.GetValue(advertiser),
                StartTime = parsed.GetValue(from),
                EndTime = parsed.GetValue(to),
                Granularity = parsed.GetValue(granularity),
                GroupBy = parsed.GetValue(groupBy) ?? [],
                Filters = [.. (parsed.GetValue(filter) ?? []).Select(Pair)],
                Accuracy = parsed.GetValue(accuracy),
            };
            var result = AnalyticsQueryParser.Parse(text);
            if (!result.IsValid)
                throw new ArgumentException(string.Join(" ", result.Errors));
            var answers = new LocalAnswers(new DataDirectory(parsed.GetValue(data)!, mustExist: true));
            await using var output = Console.OpenStandardOutput();
            await answers.WriteAsync(result.Query, text, parsed.GetValue(fill), output, cancellationToken);
            return 0;
        });
    }

    private static KeyValuePair<string, string> Pair(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new KeyValuePair<string, string>(text[..at], text[(at + 1)..])
        : throw new ArgumentException($"--filter is '{text}'; it must be DIMENSION=VALUE.");
}
