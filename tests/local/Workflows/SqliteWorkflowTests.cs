using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Testing.Workflows;

namespace ClickFuncs.Local.Tests.Workflows;

/// <summary>The journal in SQLite does what a journal must.</summary>
public sealed class SqliteWorkflowJournalTests : WorkflowJournalContract
{
    private readonly WorkflowFolder _folder = new();

    protected override IWorkflowJournal Open() => _folder.Open();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}

/// <summary>The runner over SQLite.</summary>
public sealed class SqliteWorkflowRunnerTests : WorkflowRunnerContract, IDisposable
{
    private readonly WorkflowFolder _folder = new();

    protected override IWorkflowJournal OpenJournal() => _folder.Open();

    public void Dispose() => _folder.Dispose();
}

/// <summary>Crashes at every write, over SQLite.</summary>
public sealed class SqliteWorkflowCrashTests : WorkflowCrashContract, IDisposable
{
    private readonly List<WorkflowFolder> _folders = [];

    protected override int Seeds => 2;

    protected override Func<IWorkflowJournal> NewStore()
    {
        var folder = new WorkflowFolder();
        _folders.Add(folder);
        return folder.Open;
    }

    public void Dispose() => _folders.ForEach(folder => folder.Dispose());
}
