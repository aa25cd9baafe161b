using System.CommandLine;
using System.CommandLine.Parsing;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Local.Closing;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>backfill --from T --to T [--apply]</c></summary>
internal static class BackfillCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var from = TimeOption("--from", "Start of the range, inclusive, on the hour: ISO-8601, UTC unless said, or Unix time.");
        var to = TimeOption("--to", "End of the range, exclusive, on the hour.");
        var apply = new Option<bool>("--apply") { Description = "Have queries show the result. Without it the result is compared and thrown away." };
        var command = new Command(
            "backfill", "Count a range again from the archive by the settings of now. Prints as JSON what it changes, or would change.")
        {
            from, to, apply, data,
        };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            using var loggers = Verb.Loggers(LogLevel.Warning);
            var outcome = await new LocalBackfill(directory, TimeProvider.System, loggers).RunAsync(
                parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(apply) ? BackfillEnd.Apply : BackfillEnd.Discard, cancellationToken);
            Console.WriteLine(BackfillOutcomeJson.Write(outcome));
            return 0;
        });
    }

    internal static Option<DateTimeOffset> TimeOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        Required = true,
        CustomParser = Parse,
    };

    private static DateTimeOffset Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (TimeText.TryParse(text, out var timeMs))
            return DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}'; it must be a time such as 2026-07-01T12:00Z.");
        return default;
    }
}
