using System.CommandLine;
using System.Globalization;
using ClickFuncs.Ledger;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Money;

namespace ClickFuncs.Local.Commands;

/// <summary>
/// <c>ledger pay</c> and <c>ledger credit</c>: what people enter. The same command again finds its entry and changes nothing, on
/// another day too; the same reference with another amount is refused.
/// </summary>
internal static class LedgerEntryCommand
{
    private delegate LedgerPosting Making(JournalId journal, string reference, long micros, DateOnly bookedOn, string note, string? corrects);

    public static Command Pay() => Create("pay", "Enter money that came in.", LedgerEntryIds.Payment, LedgerPostings.Payment);

    public static Command Credit() => Create("credit", "Give goodwill: take an amount off what is owed.", LedgerEntryIds.Credit, LedgerPostings.Credit);

    private static Command Create(string verb, string description, Func<string, string> entryId, Making make)
    {
        var data = Verb.DataOption();
        var advertiser = LedgerAccess.AdvertiserOption();
        var currency = LedgerAccess.CurrencyOption();
        var amount = new Option<string>("--amount") { Description = "How much, such as 12.34; negative only with --corrects.", Required = true };
        var reference = new Option<string>("--reference") { Description = "What it is called outside, such as the bank's reference. The same reference is the same entry.", Required = true };
        var bookedOn = new Option<string?>("--booked-on") { Description = "Day whose month states it, UTC. Default: today, or the day it was entered first.", HelpName = "DATE" };
        var note = new Option<string>("--note") { Description = "A reason in words; stands on the statement.", DefaultValueFactory = _ => "" };
        var corrects = new Option<string?>("--corrects") { Description = "Id of the entry that this one takes back.", HelpName = "ENTRY" };
        return new Command(verb, description) { advertiser, currency, amount, reference, bookedOn, note, corrects, data }.Does(async (parsed, cancellationToken) =>
        {
            var journal = new JournalId(parsed.GetValue(advertiser)!, parsed.GetValue(currency)!);
            var micros = Micros(parsed.GetValue(amount)!);
            var day = parsed.GetValue(bookedOn) is { } text ? Day(text) : (DateOnly?)null;
            using var ledger = LedgerAccess.Open(DataDirectory.Existing(parsed.GetValue(data)!));
            var name = parsed.GetValue(reference)!;
            day ??= (await ledger.FindAsync(journal, entryId(name), cancellationToken))?.Posting.BookedOn;
            var posting = make(journal, name, micros, day ?? Today(), parsed.GetValue(note)!, parsed.GetValue(corrects));
            var posted = await ledger.PostAsync(journal, [posting], null, cancellationToken);
            Console.WriteLine(LedgerJson.Describe(posted.Entries[0]));
            return 0;
        });
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ArgumentException($"--booked-on is '{text}'; it must be a day such as 2026-07-31.");

    private static long Micros(string text) => MoneyText.TryParse(text, out var micros)
        ? micros
        : throw new ArgumentException($"--amount is '{text}'; it must be a number with at most six decimals, such as 12.34.");
}
