using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary>What all verbs share: the data folder, failures as one line on standard error, exit code 1.</summary>
internal static class Verb
{
    /// <summary>A fresh <c>--data</c> option.</summary>
    public static Option<string> DataOption() => new("--data")
    {
        Description = "Folder that holds the log, the state and the counts.",
        DefaultValueFactory = _ => "data",
        HelpName = "DIR",
    };

    /// <summary>Sets what the command does. A failure it can explain ends it with its sentence; any other with the whole exception.</summary>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"{command.Name}: interrupted.");
                return 130;
            }
            catch (Exception failure) when (IsExplained(failure))
            {
                await Console.Error.WriteLineAsync($"{command.Name}: {failure.Message}");
                return 1;
            }
        });
        return command;
    }

    /// <summary>Logs to standard error, since standard output is for results.</summary>
    public static ILoggerFactory Loggers(LogLevel level) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(level)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        })
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    private static bool IsExplained(Exception failure) => failure
        is SettingsException or IOException or UnauthorizedAccessException or InvalidOperationException or ValidationException
        or ArgumentException or HttpRequestException or InvalidDataException or ClickFuncs.Log.LogException
        or ClickFuncs.State.StateCorruptException or ClickFuncs.Links.LinkException or FormatException
        or ClickFuncs.Catalog.CatalogConflictException or Microsoft.Data.Sqlite.SqliteException or ClickFuncs.Local.Analytics.AnalyticsStoreException
        or ClickFuncs.Analytics.AnalyticsQueryException or ClickFuncs.Budgets.BudgetConflictException
        or ClickFuncs.Ledger.LedgerConflictException or ClickFuncs.Ledger.LedgerCorruptException or ClickFuncs.Ledger.JournalMovedException;
}
