using System.CommandLine;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Ingest;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Commands;

/// <summary><c>ingest FILE...</c></summary>
internal static class IngestCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Description = "Files of events, one JSON object a line with at least click_id, ad_id, campaign_id, advertiser_id and event_time.",
            Arity = ArgumentArity.OneOrMore,
        };
        var data = Verb.DataOption();
        var catalog = new Option<string>("--catalog")
        {
            Description = "'auto' creates ads that the catalog lacks; 'keep' leaves it as it is. Events count either way.",
            DefaultValueFactory = _ => "keep",
        };
        catalog.AcceptOnlyFromAmong("auto", "keep");
        var command = new Command("ingest", "Append the events of files to the log and count them to the end. Interrupted, the same command goes on where it was.") { files, data, catalog };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = new DataDirectory(parsed.GetValue(data)!);
            using var loggers = Verb.Loggers(LogLevel.Warning);
            var ingest = new IngestFiles(directory, LocalOptionsReader.Read(directory), TimeProvider.System, loggers);
            var summary = await ingest.RunAsync(parsed.GetValue(files)!, parsed.GetValue(catalog) == "auto", cancellationToken);
            Console.WriteLine(summary.ToJson());
            ingest.Forget();
            return 0;
        });
    }
}
