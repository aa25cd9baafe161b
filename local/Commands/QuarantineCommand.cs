using System.CommandLine;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Quarantine;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>quarantine list</c> and <c>quarantine replay</c></summary>
internal static class QuarantineCommand
{
    public static Command Create() => new("quarantine", "Show the events that no window counts, and send those again that are valid now or were mended.")
    {
        List(),
        Replay(),
    };

    private static Command List()
    {
        var data = Verb.DataOption();
        var late = new Option<bool>("--late") { Description = "Late events instead of quarantined ones." };
        var reason = ReasonOption();
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "Print them, one JSON object per line; such lines, with the event mended, are what replay --mended reads.") { late, reason, limit, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var loggers = Verb.Loggers(LogLevel.Warning);
            var left = parsed.GetValue(limit);
            if (left < 1)
                throw new ArgumentException($"--limit is {left}; it must be 1 or more.");
            await using var quarantine = await QuarantineAccess.OpenAsync(DataDirectory.Existing(parsed.GetValue(data)!), isReading: true, TimeProvider.System, loggers, cancellationToken);
            var query = new QuarantineQuery(
                parsed.GetValue(late) ? SideOutputKind.Late : SideOutputKind.Quarantine, parsed.GetValue(reason), 0, 0, Math.Min(left, QuarantineAccess.PageSize));
            while (left > 0)
            {
                var page = await quarantine.ListAsync(query with { Limit = Math.Min(left, QuarantineAccess.PageSize) }, cancellationToken);
                foreach (var entry in page.Entries)
                    Console.WriteLine(QuarantineLines.Write(entry));
                left -= page.Entries.Count;
                if (page.Next is not { } next)
                    break;
                query = query with { Partition = next.Partition, FromSequence = next.Sequence };
            }

            return 0;
        });
    }

    private static Command Replay()
    {
        var data = Verb.DataOption();
        var reason = ReasonOption();
        var mended = new Option<FileInfo?>("--mended") { Description = "File of lines as list prints them, with the event mended. Without it, what is valid as it is.", HelpName = "FILE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Send nothing; say what would be sent." };
        var command = new Command("replay", "Send quarantined events through the pipeline, each once. Prints as JSON what became of them.") { reason, mended, dryRun, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var loggers = Verb.Loggers(LogLevel.Error);
            var events = parsed.GetValue(mended) is { } file ? QuarantineLines.ReadMended(file) : null;
            await using var quarantine = await QuarantineAccess.OpenAsync(DataDirectory.Existing(parsed.GetValue(data)!), isReading: false, TimeProvider.System, loggers, cancellationToken);
            var request = new ReplayRequest(parsed.GetValue(reason), [], parsed.GetValue(dryRun));
            ReplaySummary? sum = null;
            foreach (var part in events?.Chunk(QuarantineAccess.PageSize) ?? [[]])
            {
                var summary = await quarantine.ReplayAsync(request with { Mended = part }, cancellationToken);
                sum = sum is null ? summary : QuarantineLines.Add(sum, summary);
            }

            Console.WriteLine(QuarantineLines.Write(sum ?? throw new InvalidDataException("The file of mended events is empty.")));
            return 0;
        });
    }

    private static Option<string?> ReasonOption() => new("--reason") { Description = "Only those with this reason, such as future_event_time.", HelpName = "CODE" };
}
