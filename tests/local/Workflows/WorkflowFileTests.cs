using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Local.Workflows;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Tests.Workflows;

/// <summary>Who may open the file, and which files.</summary>
public sealed class WorkflowFileTests : IDisposable
{
    private static readonly NewExecution Start = new("run", "test", "1", DateTimeOffset.UnixEpoch, StartPolicy.AgainWhenEnded, null);
    private readonly WorkflowFolder _folder = new();

    [Fact]
    public void Open_WhileAnotherHasIt_IsRefused()
    {
        using var first = _folder.Open();
        Assert.Contains("Another process runs the workflows", Assert.Throws<WorkflowStoreException>(_folder.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterItWasClosed_Works()
    {
        _folder.Open().Dispose();
        _folder.Open().Dispose();
    }

    [Fact]
    public async Task Write_ByAnOwnerThatWasReplaced_IsRefused()
    {
        using var stale = _folder.Open();
        var begun = await stale.BeginAsync(Start, CancellationToken.None);
        Execute("UPDATE owner SET token = token + 1");
        var entry = new JournalEntry { Kind = JournalEntryKind.StatusSet, At = DateTimeOffset.UnixEpoch, Body = "1" };
        await Assert.ThrowsAsync<JournalConflictException>(() => stale.AppendAsync(begun.Run.Key, 1, [entry], CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<JournalConflictException>(() => stale.BeginAsync(Start with { InstanceId = "b" }, CancellationToken.None).AsTask());
        Assert.Single(await stale.ReadAsync(begun.Run.Key, CancellationToken.None));
    }

    [Fact]
    public async Task Read_WhileAnotherProcessOwnsIt_SeesWhatIsCommitted()
    {
        using var journal = _folder.Open();
        await journal.BeginAsync(Start, CancellationToken.None);
        using var reader = WorkflowReader.Open(_folder.File);
        Assert.Equal("run", Assert.Single(reader.ReadPage("", 9, null).Runs).InstanceId);
    }

    [Fact]
    public void Open_NewerFormat_IsRefused()
    {
        _folder.Open().Dispose();
        Execute("UPDATE meta SET value = '2' WHERE name = 'format'");
        Assert.Contains("has format 2, this version of the program reads up to 1", Refusal(), StringComparison.Ordinal);
        Assert.Throws<WorkflowStoreException>(() => WorkflowReader.Open(_folder.File));
    }

    [Fact]
    public void Open_AnotherDatabase_IsRefused()
    {
        Execute("CREATE TABLE clicks (id INTEGER)");
        Assert.Contains("not one of workflows", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoDatabase_IsRefused()
    {
        File.WriteAllText(_folder.File, new string('x', 5000));
        Assert.Contains("can't be read as a database", Refusal(), StringComparison.Ordinal);
        // And it let go of the lock.
        Assert.Contains("can't be read as a database", Refusal(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Refusal() => Assert.Throws<WorkflowStoreException>(_folder.Open).Message;

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
