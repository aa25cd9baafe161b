using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Testing.Workflows;

namespace ClickFuncs.Batch.Tests.Workflows;

/// <summary>The reference journal itself.</summary>
public sealed class InMemoryWorkflowJournalTests : WorkflowJournalContract
{
    private readonly InMemoryWorkflowJournal _journal = new();

    protected override IWorkflowJournal Open() => _journal;
}

/// <summary>The runner over the reference journal.</summary>
public sealed class InMemoryWorkflowRunnerTests : WorkflowRunnerContract
{
    private readonly InMemoryWorkflowJournal _journal = new();

    protected override IWorkflowJournal OpenJournal() => _journal;
}

/// <summary>Crashes at every write, over the reference journal.</summary>
public sealed class InMemoryWorkflowCrashTests : WorkflowCrashContract
{
    protected override int Seeds => 12;

    protected override Func<IWorkflowJournal> NewStore()
    {
        var journal = new InMemoryWorkflowJournal();
        return () => journal;
    }
}
