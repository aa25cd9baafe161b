using System.CommandLine;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Local.Closing;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>canary start</c>, <c>canary promote</c> and <c>canary drop</c>: a backfill whose result is kept beside what queries show until somebody decides.</summary>
internal static class CanaryCommand
{
    public static Command Create() => new("canary", "Count a range by the logic and settings of now beside what queries show, compare both with each other and with the truth, then promote or drop the result.")
    {
        Verb("start", "Count and compare; the result is kept for seven days. Prints the comparison as JSON.",
            (backfill, from, to, cancellationToken) => backfill.RunAsync(from, to, BackfillEnd.Keep, cancellationToken)),
        Verb("promote", "Have queries show the kept result of a range. Prints the comparison, made anew, as JSON.",
            (backfill, from, to, cancellationToken) => backfill.DecideAsync(from, to, BackfillEnd.Apply, cancellationToken)),
        Verb("drop", "Throw the kept result of a range away.",
            (backfill, from, to, cancellationToken) => backfill.DecideAsync(from, to, BackfillEnd.Discard, cancellationToken)),
    };

    private static Command Verb(string name, string description, Func<LocalBackfill, DateTimeOffset, DateTimeOffset, CancellationToken, Task<BackfillOutcome>> run)
    {
        var data = Commands.Verb.DataOption();
        var from = BackfillCommand.TimeOption("--from", "Start of the range, inclusive, on the hour: ISO-8601, UTC unless said, or Unix time.");
        var to = BackfillCommand.TimeOption("--to", "End of the range, exclusive, on the hour.");
        return new Command(name, description) { from, to, data }.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            using var loggers = Commands.Verb.Loggers(LogLevel.Warning);
            var outcome = await run(new LocalBackfill(directory, TimeProvider.System, loggers), parsed.GetValue(from), parsed.GetValue(to), cancellationToken);
            Console.WriteLine(BackfillOutcomeJson.Write(outcome));
            await Console.Error.WriteLineAsync($"{name}: {CanaryText.Describe(outcome, directory.Lake)}");
            return 0;
        });
    }
}
