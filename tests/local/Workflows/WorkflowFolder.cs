using ClickFuncs.Local.Tests.State;
using ClickFuncs.Local.Workflows;

namespace ClickFuncs.Local.Tests.Workflows;

/// <summary>A folder with <c>workflows.db</c>, gone after the test.</summary>
internal sealed class WorkflowFolder : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public WorkflowFolder() => Directory.CreateDirectory(_directory.Path);

    public string Root => _directory.Path;

    public string File => Path.Combine(Root, "workflows.db");

    public SqliteWorkflowJournal Open() => new(File);

    public void Dispose() => _directory.Dispose();
}
