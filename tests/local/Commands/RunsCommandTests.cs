using System.Text.Json;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Local.Commands;
using ClickFuncs.Local.Tests.Workflows;
using ClickFuncs.Local.Workflows;

namespace ClickFuncs.Local.Tests.Commands;

public sealed class RunsCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly WorkflowFolder _folder = new();

    [Fact]
    public async Task Write_ARunThatFailed_SaysWhatThereIsToSay()
    {
        using (var journal = _folder.Open())
        {
            var begun = await journal.BeginAsync(new NewExecution("close-1", "close", "{\"day\":1}", Noon, StartPolicy.OnlyOnce, null), CancellationToken.None);
            JournalEntry[] entries =
            [
                new() { Kind = JournalEntryKind.StatusSet, At = Noon, Body = "{\"phase\":\"recount\"}" },
                new() { Kind = JournalEntryKind.Failed, At = Noon.AddMinutes(5), Body = "{\"type\":\"T\",\"message\":\"The archive has a gap.\"}" },
            ];
            await journal.AppendAsync(begun.Run.Key, 1, entries, CancellationToken.None);
        }

        using var reader = WorkflowReader.Open(_folder.File);
        using var json = JsonDocument.Parse(RunsJson.Write(reader.ReadPage("", 9, null)));
        Assert.Equal(
            """{"runs":[{"id":"close-1","execution":1,"workflow":"close","state":"failed","created_at":"2026-07-01T12:00:00Z","updated_at":"2026-07-01T12:05:00Z","steps_done":0,"input":{"day":1},"status":{"phase":"recount"},"output":null,"failure":"The archive has a gap."}],"continuation":null}""",
            JsonSerializer.Serialize(json));
    }

    [Fact]
    public async Task Runs_InAFolderWithout_PrintsNone() =>
        Assert.Equal(0, await LocalCommands.InvokeAsync(["runs", "--data", _folder.Root]));

    [Fact]
    public async Task Runs_WithoutAFolder_IsRefused() =>
        Assert.Equal(1, await LocalCommands.InvokeAsync(["runs", "--data", Path.Combine(_folder.Root, "misspelt")]));

    public void Dispose() => _folder.Dispose();
}
