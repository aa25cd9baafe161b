using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Ledger;
using ClickFuncs.Local.Closing;
using ClickFuncs.Local.Workflows;
using ClickFuncs.Local.Workflows.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// The workflows of one machine: which there are, what their activities do, when they are started by themselves, and the runner
/// over <c>workflows.db</c>. Opened after the <see cref="LocalNode"/> whose stores the activities use, and closed before it.
/// </summary>
internal sealed class LocalWorkflows : IAsyncDisposable
{
    private readonly SqliteWorkflowJournal _journal;
    private readonly WorkflowRunner _runner;
    private readonly ScheduledStarts _starts;

    private LocalWorkflows(SqliteWorkflowJournal journal, WorkflowRunner runner, ScheduledStarts starts) =>
        (_journal, _runner, _starts) = (journal, runner, starts);

    /// <summary>Starts, follows and cancels runs.</summary>
    public IWorkflowClient Client => _runner;

    /// <summary>Opens the runner with the product's workflows; nothing runs before <see cref="ResumeAsync"/>.</summary>
    /// <exception cref="WorkflowStoreException">Another process runs the workflows of this folder.</exception>
    public static LocalWorkflows Open(
        DataDirectory directory, LocalNode node, ILedger ledger, LocalOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        // Every workflow of the product stands here, with its activities bound to the stores they use.
        var catalog = new WorkflowCatalog();
        LocalClose.Bind(catalog, node, ledger, directory, options, loggers);
        LocalBackfill.Bind(catalog, node, directory, options, loggers);
        LocalUpkeep.Bind(catalog, node, directory, options, loggers);
        return Open(directory, options.Workflows, catalog, Schedules(options), time, loggers);
    }

    /// <summary>What starts by itself.</summary>
    public static IReadOnlyList<WorkflowSchedule> Schedules(LocalOptions options) =>
        [CloseSchedules.Hourly(), CloseSchedules.Nightly(options.Close), UpkeepSchedules.Rollup(options.Upkeep), UpkeepSchedules.Retention(options.Upkeep)];

    /// <summary>Opens the runner with other workflows.</summary>
    /// <exception cref="WorkflowStoreException">Another process runs the workflows of this folder.</exception>
    public static LocalWorkflows Open(
        DataDirectory directory, WorkflowOptions options, WorkflowCatalog catalog, IReadOnlyList<WorkflowSchedule> schedules, TimeProvider time,
        ILoggerFactory loggers)
    {
        var hook = CrashAtJournalWrite.FromEnvironment(loggers.CreateLogger<CrashAtJournalWrite>());
        var journal = new SqliteWorkflowJournal(directory.Workflows);
        var runner = new WorkflowRunner(
            catalog, hook == null ? journal : new HookedJournal(journal, hook), options, time, loggers.CreateLogger<WorkflowRunner>());
        return new LocalWorkflows(journal, runner, new ScheduledStarts(schedules, runner, time, loggers.CreateLogger<ScheduledStarts>()));
    }

    /// <summary>Resumes what the last process left under way.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => _runner.ResumeAsync(cancellationToken);

    /// <summary>Has the schedules fire while the host runs.</summary>
    public void AddSchedules(IServiceCollection services) => services.AddWorkflowSchedules(_starts);

    /// <summary>Stops what is under way; the next start resumes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _journal.Dispose();
    }
}
