using System.CommandLine;
using ClickFuncs.Local.Closing;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Workflows;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>run SCHEDULE</c></summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var schedule = new Argument<string>("SCHEDULE")
        {
            Description = "compaction: of the archive; rollup: of the counts to hours and days; retention: of what has served its time; nightly: the close of the day before.",
        };
        schedule.AcceptOnlyFromAmong("compaction", "rollup", "retention", "nightly");
        var command = new Command("run", "Run now what is scheduled in a running host, follow it to its end, and print the run as JSON.") { schedule, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            using var loggers = Verb.Loggers(LogLevel.Warning);
            var run = await new LocalRun(directory, TimeProvider.System, loggers).RunAsync(parsed.GetValue(schedule)!, cancellationToken);
            Console.WriteLine(RunsJson.Write(run));
            if (run.State == Batch.Workflows.WorkflowState.Completed)
                return 0;
            await Console.Error.WriteLineAsync($"run: it ended as {run.State}. {run.Failure?.Message}");
            return 1;
        });
    }
}
