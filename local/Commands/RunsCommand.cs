using System.CommandLine;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Workflows;

namespace ClickFuncs.Local.Commands;

/// <summary><c>runs</c></summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var prefix = new Option<string>("--prefix") { Description = "Only runs whose id begins like this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var continuation = new Option<string?>("--continuation") { Description = "What the page before gave, for the next one.", HelpName = "TEXT" };
        var command = new Command("runs", "Print the runs of workflows as JSON: the newest execution of each id, ids in descending order.")
        {
            prefix, limit, continuation, data,
        };
        return command.Does((parsed, _) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            var most = parsed.GetValue(limit);
            if (most < 1)
                throw new ArgumentException($"--limit is {most}; it must be 1 or more.");
            Console.WriteLine(RunsJson.Write(Read(directory.Workflows, parsed.GetValue(prefix)!, most, parsed.GetValue(continuation))));
            return Task.FromResult(0);
        });
    }

    private static WorkflowPage Read(string path, string prefix, int limit, string? continuation)
    {
        // A folder in which no workflow ever ran has no such file.
        if (!File.Exists(path))
            return new WorkflowPage([], null);
        using var reader = WorkflowReader.Open(path);
        return reader.ReadPage(prefix, limit, continuation);
    }
}
