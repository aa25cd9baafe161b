using System.CommandLine;
using ClickFuncs.Ledger;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Money;

namespace ClickFuncs.Local.Commands;

/// <summary><c>ledger balance</c>, <c>ledger entries</c> and <c>ledger limit</c>; what people enter is in <see cref="LedgerEntryCommand"/>.</summary>
internal static class LedgerCommand
{
    public const string Unlimited = "unlimited";
    public const string Prepaid = "prepaid";

    public static Command Create() => new("ledger", "Show what advertisers owe, and enter what they pay. Works beside a running host.")
    {
        Balance(), Entries(), LedgerEntryCommand.Pay(), LedgerEntryCommand.Credit(), Limit(),
    };

    private static Command Balance()
    {
        var data = Verb.DataOption();
        var advertiser = new Option<string?>("--advertiser") { Description = "Only this advertiser.", HelpName = "ID" };
        return new Command("balance", "Print what is owed, as a line of JSON per advertiser and currency.") { advertiser, data }.Does(async (parsed, cancellationToken) =>
        {
            using var ledger = LedgerAccess.OpenExisting(DataDirectory.Existing(parsed.GetValue(data)!));
            var only = parsed.GetValue(advertiser);
            foreach (var head in await ledger.ListJournalsAsync(cancellationToken))
            {
                if (only is null || head.Journal.AdvertiserId == only)
                    Console.WriteLine(LedgerJson.Describe(await ledger.GetBalanceAsync(head.Journal, cancellationToken)));
            }

            return 0;
        });
    }

    private static Command Entries()
    {
        var data = Verb.DataOption();
        var advertiser = LedgerAccess.AdvertiserOption();
        var currency = LedgerAccess.OptionalCurrencyOption();
        var from = new Option<long>("--from") { Description = "First sequence number.", DefaultValueFactory = _ => 1 };
        return new Command("entries", "Print an advertiser's journal, a line of JSON per entry.") { advertiser, currency, from, data }.Does(async (parsed, cancellationToken) =>
        {
            using var ledger = LedgerAccess.OpenExisting(DataDirectory.Existing(parsed.GetValue(data)!));
            var journal = await LedgerAccess.FindAsync(ledger, parsed.GetValue(advertiser)!, parsed.GetValue(currency), cancellationToken);
            await foreach (var entry in ledger.ReadAllAsync(journal, cancellationToken, parsed.GetValue(from)))
                Console.WriteLine(LedgerJson.Describe(entry));
            return 0;
        });
    }

    private static Command Limit()
    {
        var data = Verb.DataOption();
        var advertiser = LedgerAccess.AdvertiserOption();
        var currency = LedgerAccess.CurrencyOption();
        var amount = new Option<string>("--amount") { Description = $"Most that may be owed, such as 500.00; '{Prepaid}': nothing; '{Unlimited}': anything.", Required = true };
        var command = new Command("limit", "Set an advertiser's credit limit. It stops no charge; being over it is reported.") { advertiser, currency, amount, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var journal = new JournalId(parsed.GetValue(advertiser)!, parsed.GetValue(currency)!);
            var limit = ParseLimit(parsed.GetValue(amount)!);
            using var ledger = LedgerAccess.Open(DataDirectory.Existing(parsed.GetValue(data)!));
            await ledger.SetCreditLimitAsync(journal, limit, cancellationToken);
            Console.WriteLine(LedgerJson.Describe(await ledger.GetBalanceAsync(journal, cancellationToken)));
            return 0;
        });
    }

    private static CreditLimit ParseLimit(string text) => text switch
    {
        Unlimited => CreditLimit.Unlimited,
        Prepaid => CreditLimit.Prepaid,
        _ when MoneyText.TryParse(text, out var micros) && micros > 0 => CreditLimit.Postpaid(micros),
        _ => throw new ArgumentException($"--amount is '{text}'; it must be an amount above zero with at most six decimals, such as 500.00, or '{Prepaid}' or '{Unlimited}'."),
    };
}
