using System.CommandLine;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;
using ClickFuncs.Local.Verification;

namespace ClickFuncs.Local.Commands;

/// <summary><c>verify</c></summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var command = new Command("verify", "Check log, spool, state and archive, print what is there and what is wrong; exit code 1 if anything is.") { data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            if (HostAddress.Find(directory) is { } host)
                throw new InvalidOperationException($"A host is running on {directory.Root} ({host.Url}); a block being written looks torn. Stop it first.");
            if (DirectoryLock.IsHeld(directory.Log))
                throw new InvalidOperationException($"Another verb is writing to {directory.Root}; a block being written looks torn. Wait until it has ended.");
            var options = LocalOptionsReader.Read(directory);
            var report = await DataVerification.RunAsync(
                directory, LocalSpool.DirectoryOf(directory, options.Spool), options.Archive.ToHub(), cancellationToken);
            Console.WriteLine(report.ToJson());
            foreach (var finding in report.Findings)
                await Console.Error.WriteLineAsync($"verify: {finding}");
            return report.Findings.Count == 0 ? 0 : 1;
        });
    }
}
