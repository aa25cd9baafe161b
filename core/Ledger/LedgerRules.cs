using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Ledger;

/// <summary>What makes a posting valid in a journal. Pure.</summary>
public static class LedgerRules
{
    /// <summary>Longest id of an entry, in bytes: an id of a campaign with what is around it, or a reference.</summary>
    public const int MaxEntryIdBytes = 512;

    /// <summary>Longest reference of a payment or credit, in bytes.</summary>
    public const int MaxReferenceBytes = 256;

    /// <summary>Longest note, in bytes.</summary>
    public const int MaxNoteBytes = 2048;

    /// <summary>All rules the posting breaks, as sentences; empty when it is valid.</summary>
    public static IReadOnlyList<string> Problems(JournalId journal, LedgerPosting posting)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(posting);
        if (!Enum.IsDefined(posting.Kind))
            return ["The kind is none of charge, correction, payment, credit."];
        var problems = new List<string>();
        CheckText("The id", posting.EntryId, 1, MaxEntryIdBytes, problems);
        CheckText("The note", posting.Note, 0, MaxNoteBytes, problems);
        CheckLegs(journal, posting, problems);
        if (posting.Kind.IsForClicks())
            CheckClicks(journal, posting, problems);
        else
            CheckSettlement(posting, problems);
        return problems;
    }

    /// <summary>Refuses an invalid posting.</summary>
    /// <exception cref="ArgumentException">Names the entry and everything that is wrong with it.</exception>
    public static void Check(JournalId journal, LedgerPosting posting)
    {
        var problems = Problems(journal, posting);
        if (problems.Count > 0)
            throw new ArgumentException($"Entry '{posting.EntryId}' of {journal}: {string.Join(' ', problems)}");
    }

    private static void CheckLegs(JournalId journal, LedgerPosting posting, List<string> problems)
    {
        Int128 sum = 0;
        foreach (var leg in posting.Legs)
            sum += leg.AmountMicros;
        if (sum != 0)
            problems.Add($"The legs sum to {sum} micros; they must sum to zero.");
        var counter = LedgerAccounts.Counter(posting.Kind, journal.Currency);
        if (posting.Legs.Count != 2 || posting.Legs[0].Account != journal.Receivable || posting.Legs[1].Account != counter)
            problems.Add($"The legs must be {journal.Receivable} and {counter}.");
    }

    private static void CheckClicks(JournalId journal, LedgerPosting posting, List<string> problems)
    {
        CheckText("The campaign", posting.CampaignId, 1, EventLimits.MaxIdBytes, problems);
        if (posting.ClickDay is not { } day || posting.BookedOn < day)
            problems.Add("The click day must be given, and not lie after the booking day.");
        else if (posting.EntryId != LedgerEntryIds.Charge(day, posting.CampaignId, journal.Currency, posting.Revision) || posting.Revision < 1)
            problems.Add("The id must be made from day, campaign, currency and revision.");
        if (posting.AmountMicros == 0 && posting.Clicks == 0)
            problems.Add("It changes nothing.");
        if (posting.Reference.Length > 0)
            problems.Add("Only payments and credits have a reference.");
        if (posting.Kind == LedgerEntryKind.Charge && (posting.Corrects is not null || posting.AmountMicros < 0 || posting.Clicks < 0))
            problems.Add("A charge corrects nothing and gives nothing back; that is a correction.");
        if (posting.Kind == LedgerEntryKind.Correction && posting.Corrects is null)
            problems.Add("A correction must name the entry it corrects.");
    }

    private static void CheckSettlement(LedgerPosting posting, List<string> problems)
    {
        CheckText("The reference", posting.Reference, 1, MaxReferenceBytes, problems);
        if (posting.EntryId != $"{posting.Kind.Name()}:{posting.Reference}")
            problems.Add("The id must be made from kind and reference.");
        if (posting.ClickDay is not null || posting.CampaignId.Length > 0 || posting.Clicks != 0 || posting.Revision != 0)
            problems.Add("Only charges and corrections have a day, campaign, clicks and revision.");
        if (posting.AmountMicros == 0 || (posting.AmountMicros > 0 && posting.Corrects is null))
            problems.Add("The amount must be positive, or negative and name the entry that it takes back.");
    }

    private static void CheckText(string name, string? text, int least, int most, List<string> problems)
    {
        var bytes = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        if (bytes < least || bytes > most || !LedgerText.IsWellFormed(text))
            problems.Add($"{name} must be text of {least} to {most} bytes.");
    }
}
