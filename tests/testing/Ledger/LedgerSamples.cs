using ClickFuncs.Ledger;

namespace ClickFuncs.Testing.Ledger;

/// <summary>Journals and postings to test with.</summary>
public static class LedgerSamples
{
    /// <summary>The first day of the samples.</summary>
    public static DateOnly Day { get; } = new(2026, 7, 30);

    /// <summary>An advertiser in dollars.</summary>
    public static JournalId Dollars { get; } = new("adv_88f7e6d5", "USD");

    /// <summary>The same advertiser in yen.</summary>
    public static JournalId Yen { get; } = new("adv_88f7e6d5", "JPY");

    /// <summary>Another one, whose id is no plain text.</summary>
    public static JournalId Other { get; } = new("adv_ø:'\";\n", "USD");

    /// <summary>A charge of <see cref="Day"/>.</summary>
    public static LedgerPosting Charge(JournalId journal, long micros = 450_000, long clicks = 1, string campaign = "cmp_77b6a5d4") =>
        LedgerPostings.Clicks(journal, new DayClose(Day, 1, Day), campaign, new ChargeAmount(micros, clicks), null);

    /// <summary>A correction of that charge, found two days later.</summary>
    public static LedgerPosting Correction(JournalId journal, long micros = -100_000, long clicks = -1, int revision = 2, string campaign = "cmp_77b6a5d4") =>
        LedgerPostings.Clicks(
            journal, new DayClose(Day, revision, Day.AddDays(2)), campaign, new ChargeAmount(micros, clicks), LedgerEntryIds.Charge(Day, campaign, journal.Currency, 1));

    /// <summary>A payment.</summary>
    public static LedgerPosting Payment(JournalId journal, string reference = "bank 1", long micros = 300_000, string note = "") =>
        LedgerPostings.Payment(journal, reference, micros, Day.AddDays(3), note);
}
