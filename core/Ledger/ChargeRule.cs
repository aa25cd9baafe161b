namespace ClickFuncs.Ledger;

/// <summary>
/// What to post for a day and campaign: the difference between what should have been charged in total and what earlier
/// revisions have posted. The own revision does not count as posted, so deciding again after a crash gives the same entry.
/// Pure.
/// </summary>
public static class ChargeRule
{
    /// <summary>Decides.</summary>
    /// <param name="journal">Who pays, in which currency.</param>
    /// <param name="close">The close that counted.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="total">What the day should have been charged in total.</param>
    /// <param name="posted">The journal's entries for this day and campaign, in order.</param>
    /// <returns>The posting, a charge if it is the first for this day and campaign, else a correction of the first; null if there is no difference.</returns>
    /// <exception cref="LedgerConflictException">This revision has posted something else before, or a later one has posted already.</exception>
    public static LedgerPosting? Decide(
        JournalId journal, DayClose close, string campaignId, ChargeAmount total, IReadOnlyList<LedgerEntry> posted)
    {
        ArgumentNullException.ThrowIfNull(close);
        ArgumentNullException.ThrowIfNull(posted);
        var earlier = posted.Where(entry => entry.Posting.Revision < close.Revision).ToList();
        var own = posted.SingleOrDefault(entry => entry.Posting.Revision == close.Revision);
        var difference = earlier.Aggregate(total, (rest, entry) => rest - new ChargeAmount(entry.Posting.AmountMicros, entry.Posting.Clicks));
        if (difference.IsZero)
            return own is null ? null : throw Contradiction(own, "this revision now finds nothing to post");
        var posting = LedgerPostings.Clicks(journal, close, campaignId, difference, earlier.Count > 0 ? earlier[0].Posting.EntryId : null);
        if (own is not null)
            // Made by a run that began on another day: the entry is the same, and keeps its booking day.
            posting = posting with { BookedOn = own.Posting.BookedOn };
        if (own is null && posted.Count > earlier.Count)
            throw Contradiction(posted[^1], FormattableString.Invariant($"revision {close.Revision} of {close.Day:yyyy-MM-dd} is older and can't be posted any more"));
        return posting;
    }

    private static LedgerConflictException Contradiction(LedgerEntry entry, string what) =>
        new($"Entry '{entry.Posting.EntryId}' of {entry.Journal} is posted, but {what}. Close the day again, under a new revision.");
}
