namespace ClickFuncs.Ledger;

/// <summary>
/// Posts what a day should be charged. It can be killed at any line and run again, any number of times: each journal is posted
/// in one unit, and a journal that is done is left as it is.
/// </summary>
public sealed class DayCharging(ILedger ledger)
{
    // Every failed try means that somebody else's entry went in, so this many in a row is a fault and not bad luck.
    private const int MaxTries = 50;

    /// <summary>
    /// Charges a day. What is charged for this day in the ledger but not in <paramref name="totals"/> is given back: the
    /// recount found no such clicks.
    /// </summary>
    /// <param name="close">The close.</param>
    /// <param name="totals">All that the recount found, each journal and campaign once. Clicks without a currency cost nothing and belong in no journal.</param>
    /// <param name="cancellationToken">Stops between two journals.</param>
    /// <exception cref="ArgumentException">A campaign is named twice, or a total is negative.</exception>
    /// <exception cref="LedgerConflictException">This revision posted something else before, or a later one was posted. Nothing was written to that journal.</exception>
    public async ValueTask<DayChargingResult> ChargeAsync(DayClose close, IReadOnlyCollection<CampaignTotal> totals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(close);
        ArgumentNullException.ThrowIfNull(totals);
        var found = totals.ToLookup(total => total.Journal);
        var known = (await ledger.ListJournalsAsync(cancellationToken)).Select(head => head.Journal);
        var (entries, overLimit) = (new List<LedgerEntry>(), new List<JournalBalance>());
        foreach (var journal in found.Select(group => group.Key).Union(known).Order(JournalId.Order))
        {
            if (await ChargeAsync(close, journal, [.. found[journal]], cancellationToken) is not { } posted)
                continue;
            entries.AddRange(posted.Entries);
            if (posted.Balance.IsOverLimit)
                overLimit.Add(posted.Balance);
        }

        return new DayChargingResult(entries, overLimit);
    }

    /// <summary>Charges one journal, for a close that fans out.</summary>
    /// <returns>Null when there was nothing to post.</returns>
    public async ValueTask<LedgerPosted?> ChargeAsync(
        DayClose close, JournalId journal, IReadOnlyCollection<CampaignTotal> totals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(close);
        var wanted = Index(journal, totals);
        for (var tries = 1; ; tries++)
        {
            var head = (await ledger.GetBalanceAsync(journal, cancellationToken)).Head;
            var posted = await ledger.ReadClickDayAsync(journal, close.Day, cancellationToken);
            var postings = Decide(close, journal, wanted, posted);
            if (postings.Count == 0)
                return null;
            try
            {
                return await ledger.PostAsync(journal, postings, head, cancellationToken);
            }
            catch (JournalMovedException) when (tries < MaxTries)
            {
                // A payment came in between. What is owed for clicks is decided again from the journal as it is now.
            }
        }
    }

    private static List<LedgerPosting> Decide(
        DayClose close, JournalId journal, Dictionary<string, ChargeAmount> wanted, IReadOnlyList<LedgerEntry> posted)
    {
        var byCampaign = posted.ToLookup(entry => entry.Posting.CampaignId, StringComparer.Ordinal);
        var postings = new List<LedgerPosting>();
        foreach (var campaign in wanted.Keys.Union(byCampaign.Select(group => group.Key)).Order(StringComparer.Ordinal))
        {
            if (ChargeRule.Decide(journal, close, campaign, wanted.GetValueOrDefault(campaign), [.. byCampaign[campaign]]) is { } posting)
                postings.Add(posting);
        }

        return postings;
    }

    private static Dictionary<string, ChargeAmount> Index(JournalId journal, IReadOnlyCollection<CampaignTotal> totals)
    {
        var index = new Dictionary<string, ChargeAmount>(StringComparer.Ordinal);
        foreach (var total in totals)
        {
            if (total.Journal != journal || total.Total.Micros < 0 || total.Total.Clicks < 0 || !index.TryAdd(total.CampaignId, total.Total))
                throw new ArgumentException($"Campaign '{total.CampaignId}' of {total.Journal} is named twice, belongs to another journal, or has a negative total.");
        }

        return index;
    }
}
