using System.CommandLine;
using ClickFuncs.Ledger;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Commands;

/// <summary>
/// How the verbs come to the ledger of a data folder: straight to its file, whether a host runs or not. SQLite lets several
/// processes read and one write at a time; a write waits for the other's.
/// </summary>
internal static class LedgerAccess
{
    public static Option<string> AdvertiserOption() => new("--advertiser") { Description = "Who pays: the advertiser's id.", Required = true, HelpName = "ID" };

    public static Option<string> CurrencyOption() => new("--currency") { Description = "ISO 4217 code.", Required = true, HelpName = "CODE" };

    public static Option<string?> OptionalCurrencyOption() => new("--currency") { Description = "ISO 4217 code. Default: the advertiser's only one.", HelpName = "CODE" };

    /// <summary>Opens the ledger, or makes it.</summary>
    public static SqliteLedger Open(DataDirectory directory) =>
        new(new SqliteLedgerOptions { Path = directory.Ledger }, NullLogger<SqliteLedger>.Instance);

    /// <summary>Opens a ledger that must be there.</summary>
    /// <exception cref="FileNotFoundException">It is not.</exception>
    public static SqliteLedger OpenExisting(DataDirectory directory) => File.Exists(directory.Ledger)
        ? Open(directory)
        : throw new FileNotFoundException($"There is no ledger in {directory.Root} yet: closing a day or entering a payment makes one.");

    /// <summary>The journal that is meant.</summary>
    /// <exception cref="ArgumentException">There is none, or there are several.</exception>
    public static async Task<JournalId> FindAsync(ILedger ledger, string advertiser, string? currency, CancellationToken cancellationToken)
    {
        var journals = (await ledger.ListJournalsAsync(cancellationToken))
            .Select(head => head.Journal)
            .Where(journal => journal.AdvertiserId == advertiser)
            .ToList();
        if (journals.Count == 0)
            throw new ArgumentException($"The ledger has no entries of advertiser '{advertiser}'. 'ledger balance' shows whom it knows.");
        var currencies = string.Join(", ", journals.Select(journal => journal.Currency));
        if (currency is null)
            return journals.Count == 1 ? journals[0] : throw new ArgumentException($"Advertiser '{advertiser}' has entries in {currencies}; say which with --currency.");
        return journals.Find(journal => journal.Currency == currency)
            ?? throw new ArgumentException($"Advertiser '{advertiser}' has entries in {currencies}, none in '{currency}'.");
    }
}
