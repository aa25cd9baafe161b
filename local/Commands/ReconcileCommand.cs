using System.CommandLine;
using ClickFuncs.Local.Closing;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>reconcile --date D</c></summary>
internal static class ReconcileCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var date = DateOption();
        var command = new Command(
            "reconcile", "Close a day: count it again from the raw log, explain every difference, publish and post the result. Prints the report as JSON. Again, it changes nothing unless there is something new.")
        {
            date, data,
        };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            using var loggers = Verb.Loggers(LogLevel.Warning);
            var output = Console.OpenStandardOutput();
            await using (output)
                await new LocalReconcile(directory, TimeProvider.System, loggers).RunAsync(parsed.GetValue(date), output, cancellationToken);
            return 0;
        });
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>.</summary>
    internal static Option<DateOnly> DateOption() => new("--date")
    {
        Description = "The day, UTC, as yyyy-MM-dd.",
        HelpName = "DATE",
        Required = true,
        CustomParser = result => DateOnly.TryParseExact(
            result.Tokens.Single().Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)
            ? day
            : Refuse(result, $"--date is '{result.Tokens.Single().Value}'; it must be a day such as 2026-07-01."),
    };

    private static DateOnly Refuse(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return default;
    }
}
