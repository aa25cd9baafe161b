using System.CommandLine;
using ClickFuncs.Batch.Statements;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Commands;

/// <summary><c>statement</c></summary>
internal static class StatementCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var advertiser = LedgerAccess.AdvertiserOption();
        var currency = LedgerAccess.OptionalCurrencyOption();
        var month = new Option<string>("--month") { Description = "The month, UTC, such as 2026-07.", Required = true, HelpName = "MONTH" };
        var format = new Option<string>("--format") { Description = "What to write.", HelpName = "json|csv|parquet|html", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv", "parquet", "html");
        var output = new Option<string?>("--out") { Description = "File to write, whole or not at all. Default: standard output.", HelpName = "FILE" };
        var command = new Command("statement", "Write an advertiser's statement of a month, from the ledger. Works beside a running host.")
        {
            advertiser, currency, month, format, output, data,
        };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var stated = StatementMonth.Parse(parsed.GetValue(month)!);
            using var ledger = LedgerAccess.OpenExisting(DataDirectory.Existing(parsed.GetValue(data)!));
            var journal = await LedgerAccess.FindAsync(ledger, parsed.GetValue(advertiser)!, parsed.GetValue(currency), cancellationToken);
            var statement = await new StatementBuilder(ledger).BuildAsync(journal, stated, cancellationToken);
            using var content = new MemoryStream();
            await StatementDocument.WriteAsync(statement, Enum.Parse<StatementFormat>(parsed.GetValue(format)!, ignoreCase: true), content, cancellationToken);
            if (parsed.GetValue(output) is { } path)
            {
                DurableFile.Replace(path, content.GetBuffer().AsSpan(0, (int)content.Length));
                return 0;
            }

            content.Position = 0;
            await using var standard = Console.OpenStandardOutput();
            await content.CopyToAsync(standard, cancellationToken);
            return 0;
        });
    }
}
