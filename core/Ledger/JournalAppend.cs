using ClickFuncs.Money;

namespace ClickFuncs.Ledger;

/// <summary>
/// What a journal becomes by postings: the same in every adapter, which is left to read the head, look ids up, and write it
/// all in one unit. Pure.
/// </summary>
/// <param name="Entries">The entry of each posting, in their order, made now or before.</param>
/// <param name="Added">Those to be written, in order.</param>
/// <param name="Head">Where the journal stands afterwards.</param>
public sealed record JournalAppend(IReadOnlyList<LedgerEntry> Entries, IReadOnlyList<LedgerEntry> Added, JournalHead Head)
{
    /// <summary>Plans it.</summary>
    /// <param name="head">Where the journal stands.</param>
    /// <param name="postings">What to post, in order.</param>
    /// <param name="expected">Where the caller believes it stands; null for anywhere.</param>
    /// <param name="find">The journal's entry with an id, or null.</param>
    /// <exception cref="ArgumentException">A posting is invalid, corrects what is not there, or the balance would not fit.</exception>
    /// <exception cref="LedgerConflictException">An id is taken by other content.</exception>
    /// <exception cref="JournalMovedException">Something is to be added, and the journal stands elsewhere than expected.</exception>
    public static JournalAppend Plan(JournalHead head, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, Func<string, LedgerEntry?> find)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(postings);
        ArgumentNullException.ThrowIfNull(find);
        var (start, entries, added) = (head, new List<LedgerEntry>(postings.Count), new List<LedgerEntry>());
        var fresh = new Dictionary<string, LedgerEntry>(StringComparer.Ordinal);
        foreach (var posting in postings)
        {
            LedgerRules.Check(head.Journal, posting);
            if (Find(posting.EntryId) is { } existing)
            {
                entries.Add(existing.Posting.Equals(posting) ? existing : throw Conflict(existing, posting));
                continue;
            }

            RequireCorrected(posting, Find);
            var entry = Next(head, posting);
            head = new JournalHead(head.Journal, entry.Sequence, entry.Hash, Balance(head, posting));
            entries.Add(entry);
            added.Add(entry);
            fresh.Add(posting.EntryId, entry);
        }

        if (added.Count > 0 && expected is not null && expected != start)
            throw new JournalMovedException(expected, start);
        return new JournalAppend(entries, added, head);

        LedgerEntry? Find(string id) => fresh.GetValueOrDefault(id) ?? find(id);
    }

    private static LedgerEntry Next(JournalHead head, LedgerPosting posting) => new(
        head.Journal, head.Count + 1, posting, LedgerEncoding.HashEntry(head.Hash, head.Journal, head.Count + 1, posting));

    private static long Balance(JournalHead head, LedgerPosting posting)
    {
        try
        {
            return checked(head.BalanceMicros + posting.AmountMicros);
        }
        catch (OverflowException)
        {
            throw new ArgumentException($"Entry '{posting.EntryId}' of {head.Journal}: the balance would be larger than the ledger can hold. Nothing was posted.");
        }
    }

    private static void RequireCorrected(LedgerPosting posting, Func<string, LedgerEntry?> find)
    {
        if (posting.Corrects is not { } id)
            return;
        if (find(id) is not { } corrected || corrected.Posting.Kind.IsForClicks() != posting.Kind.IsForClicks()
            || corrected.Posting.ClickDay != posting.ClickDay || corrected.Posting.CampaignId != posting.CampaignId
            || (!posting.Kind.IsForClicks() && corrected.Posting.Kind != posting.Kind))
            throw new ArgumentException($"Entry '{posting.EntryId}' corrects '{id}', but the journal has no such entry about the same thing.");
    }

    private static LedgerConflictException Conflict(LedgerEntry existing, LedgerPosting posting) => new(
        $"Entry '{posting.EntryId}' of {existing.Journal} is posted already as {Describe(existing.Journal, existing.Posting)}; it can't be posted again as {Describe(existing.Journal, posting)}. Post a correction under a new id instead.");

    private static string Describe(JournalId journal, LedgerPosting posting)
    {
        var amount = MoneyText.Format(posting.AmountMicros, journal.Currency);
        var clicks = posting.Kind.IsForClicks() ? FormattableString.Invariant($" for {posting.Clicks} clicks") : "";
        return FormattableString.Invariant(
            $"{posting.Kind.Name()} of {amount} {journal.Currency}{clicks}, booked on {posting.BookedOn:yyyy-MM-dd}{Detail(" with note '", posting.Note)}{Detail(" correcting '", posting.Corrects)}");
    }

    private static string Detail(string lead, string? text) => string.IsNullOrEmpty(text) ? "" : $"{lead}{text}'";
}
