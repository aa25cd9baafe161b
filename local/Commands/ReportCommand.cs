using System.CommandLine;
using ClickFuncs.Batch.Close;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Lake;

namespace ClickFuncs.Local.Commands;

/// <summary><c>report --date D</c></summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var date = ReconcileCommand.DateOption();
        var revision = new Option<int?>("--revision") { Description = "Which close of the day; the newest unless given.", HelpName = "N" };
        var form = new Option<string>("--format")
        {
            Description = "json: the report; html: the same as a page; csv, parquet: every advertiser, campaign, ad and hour.",
            DefaultValueFactory = _ => "json",
        };
        form.AcceptOnlyFromAmong("json", "html", "csv", "parquet");
        var command = new Command("report", "Print the reconciliation report of a closed day. Works whether a host is running or not.") { date, revision, form, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            var lake = new FolderLake(directory.Lake);
            var file = parsed.GetValue(form) switch
            {
                "html" => "reconciliation.html",
                "csv" => "differences.csv",
                "parquet" => "differences.parquet",
                _ => "reconciliation.json",
            };
            var output = Console.OpenStandardOutput();
            await using (output)
                await WriteAsync(lake, parsed.GetValue(date), parsed.GetValue(revision), file, output, cancellationToken);
            return 0;
        });
    }

    private static async Task WriteAsync(FolderLake lake, DateOnly date, int? revision, string file, Stream output, CancellationToken cancellationToken)
    {
        var records = new CloseRecords(lake);
        var record = revision is { } number
            ? await records.FindAsync(date, number, cancellationToken)
            : await records.FindNewestAsync(date, cancellationToken);
        if (record is null)
            throw new InvalidOperationException(
                $"{date:yyyy-MM-dd} has no close{(revision is null ? "" : $" number {revision}")}: 'reconcile --date {date:yyyy-MM-dd}' makes one.");
        var report = await lake.OpenReadAsync(record.Reports + file, cancellationToken);
        await using (report)
            await report.CopyToAsync(output, cancellationToken);
    }
}
