using System.CommandLine;

namespace ClickFuncs.Local.Commands;

/// <summary>The command line: one executable, one verb per task.</summary>
internal static class LocalCommands
{
    // Longer than the server waits for requests under way (30 s): whoever is told to stop stops in order, however much there is to close.
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line and returns its exit code.</summary>
    public static async Task<int> InvokeAsync(string[] args) =>
        await Root().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopLimit });

    private static RootCommand Root() => new(
        "ClickFuncs counts ad clicks that people are billed for: a stream for decisions, a nightly recount for money.")
    {
        UpCommand.Create(),
        IngestCommand.Create(),
        QueryCommand.Create(),
        ReconcileCommand.Create(),
        ReportCommand.Create(),
        BackfillCommand.Create(),
        TokenCommand.Create(),
        KeyCommand.Create(),
        LinkCommand.Create(),
        CatalogCommand.Create(),
        BudgetCommand.Create(),
        LedgerCommand.Create(),
        StatementCommand.Create(),
        LoadCommand.Create(),
        VerifyCommand.Create(),
        SmokeCommand.Create(),
        RunsCommand.Create(),
    };
}
