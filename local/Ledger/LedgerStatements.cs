namespace ClickFuncs.Local.Ledger;

/// <summary>The statements of the ledger.</summary>
internal static class LedgerStatements
{
    public const string FindJournal = """
        SELECT journal, entries, hash, balance_micros, limit_micros FROM journals WHERE advertiser = $advertiser AND currency = $currency
        """;

    public const string MakeJournal = "INSERT INTO journals (advertiser, currency) VALUES ($advertiser, $currency)";

    public const string ListJournals = "SELECT advertiser, currency, entries, hash, balance_micros FROM journals WHERE entries > 0";

    // Compare and set: the transaction has read the head, and here it must still be that.
    public const string MoveHead = """
        UPDATE journals SET entries = $entries, hash = $hash, balance_micros = $balance
        WHERE journal = $journal AND entries = $oldEntries AND hash = $oldHash AND balance_micros = $oldBalance
        """;

    public const string SetLimit = """
        INSERT INTO journals (advertiser, currency, limit_micros) VALUES ($advertiser, $currency, $limit)
        ON CONFLICT (advertiser, currency) DO UPDATE SET limit_micros = excluded.limit_micros
        """;

    // Those that run per entry count their parameters, in the order of the columns.
    public const string HasEntry = "SELECT 1 FROM entries WHERE journal = ?1 AND id = ?2";

    public const string AddEntry = "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

    public const string AddLeg = "INSERT INTO legs VALUES (?1, ?2, ?3, ?4, ?5)";

    public const string ReadPage = Read + """
         WHERE e.journal = $journal AND e.sequence IN
            (SELECT sequence FROM entries WHERE journal = $journal AND sequence >= $from ORDER BY sequence LIMIT $limit)
        ORDER BY e.sequence, l.leg
        """;

    public const string ReadClickDay = Read + " WHERE e.journal = $journal AND e.click_day = $day ORDER BY e.sequence, l.leg";

    public const string FindEntry = Read + " WHERE e.journal = $journal AND e.id = $id ORDER BY l.leg";

    public const string Damage = """
        SELECT 'Ledger: entry ' || sequence || ' (''' || id || ''') belongs to no journal.' FROM entries WHERE journal NOT IN (SELECT journal FROM journals)
        UNION ALL
        SELECT 'Ledger: leg ' || leg || ' of journal ' || journal || ' belongs to entry ' || sequence || ', which is missing.' FROM legs AS l
        WHERE NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.journal = l.journal AND e.sequence = l.sequence)
        UNION ALL
        SELECT 'Ledger: the journal of ' || advertiser || ' in ' || currency || ' has entries, but its head names none.' FROM journals AS j
        WHERE j.entries = 0 AND EXISTS (SELECT 1 FROM entries AS e WHERE e.journal = j.journal)
        UNION ALL
        SELECT 'Ledger: journal ' || journal || ' has entry ''' || id || ''' ' || count(*) || ' times.' FROM entries GROUP BY journal, id HAVING count(*) > 1
        """;

    // Legs by a left join: an entry whose legs were deleted must show.
    private const string Read = """
        SELECT e.sequence, e.id, e.kind, e.booked_on, e.click_day, e.campaign, e.revision, e.clicks, e.corrects, e.reference, e.note, e.hash,
            l.account, l.amount_micros
        FROM entries AS e LEFT JOIN legs AS l ON l.journal = e.journal AND l.sequence = e.sequence
        """;
}
