using System.Globalization;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Ledger;

namespace ClickFuncs.Functions.Tables;

/// <summary>
/// The ledger in an Azure table, a partition per journal. A post is one entity group transaction: the head under its ETag, the entries packed
/// together, and marks that say about which days they are. Nothing is ever replaced but the head.
/// </summary>
/// <param name="documents">The table.</param>
public sealed class TableLedger(IDocuments documents) : ILedger
{
    private const string NamesPk = "journals";
    private const int Rounds = 20;

    /// <inheritdoc/>
    public async ValueTask<LedgerPosted> PostAsync(
        JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(postings);
        var (pk, shelf) = (LedgerPack.KeyOf(journal), new LedgerShelf(documents, journal));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The head first: whoever posts after this read makes the transaction fail.
            var stored = await documents.FindAsync(pk, "head", cancellationToken);
            var (head, limit) = Read(journal, stored);
            var there = await FindAllAsync(shelf, postings, cancellationToken);
            var append = JournalAppend.Plan(head, postings, expected, id => there.GetValueOrDefault(id));
            if (append.Added.Count == 0)
                return new LedgerPosted(append.Entries, 0, new JournalBalance(head, limit));
            if (stored is null)
                await RegisterAsync(journal, cancellationToken);
            var pack = await PackAsync(pk, append.Added, cancellationToken);
            DocumentWrite[] writes =
            [
                DocumentWrite.Over(stored, "head", Write(pk, append.Head, limit), DocumentJson.Default.LedgerHeadDocument),
                DocumentWrite.Create(pack.Id, pack, DocumentJson.Default.BodyDocument),
                .. LedgerPack.MarksOf(append.Added).Select(mark => new LedgerMarkDocument(LedgerPack.MarkId(mark, pack.Last), pk, pack.Last))
                    .Select(mark => DocumentWrite.Create(mark.Id, mark, DocumentJson.Default.LedgerMarkDocument)),
            ];
            if (await documents.WriteAsync(pk, writes, cancellationToken) is not null)
                return new LedgerPosted(append.Entries, append.Added.Count, new JournalBalance(append.Head, limit));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadJournalAsync(JournalId journal, long fromSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await new LedgerShelf(documents, journal).ReadAsync(fromSequence, limit, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadClickDayAsync(JournalId journal, DateOnly clickDay, CancellationToken cancellationToken) =>
        [.. (await new LedgerShelf(documents, journal).ReadMarkedAsync([LedgerPack.MarkOf(clickDay)], cancellationToken))
            .Where(entry => entry.Posting.ClickDay == clickDay)];

    /// <inheritdoc/>
    public async ValueTask<LedgerEntry?> FindAsync(JournalId journal, string entryId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entryId);
        return (await new LedgerShelf(documents, journal).ReadMarkedAsync([LedgerPack.MarkOf(entryId)], cancellationToken))
            .FirstOrDefault(entry => entry.Posting.EntryId == entryId);
    }

    /// <inheritdoc/>
    /// <remarks>Tables have no reading of several partitions at one moment: heads are read until twice in a row none has moved.</remarks>
    /// <exception cref="InvalidOperationException">Journals are posted to all the time.</exception>
    public async ValueTask<IReadOnlyList<JournalHead>> ListJournalsAsync(CancellationToken cancellationToken)
    {
        var before = await ReadHeadsAsync(cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            var after = await ReadHeadsAsync(cancellationToken);
            if (after.SequenceEqual(before))
                return [.. after.Where(head => head.Count > 0).OrderBy(head => head.Journal, JournalId.Order)];
            before = after;
        }

        throw new InvalidOperationException("The ledger is posted to all the time, so that its heads of one moment can't be read. Try again in a while.");
    }

    /// <inheritdoc/>
    public async ValueTask<JournalBalance> GetBalanceAsync(JournalId journal, CancellationToken cancellationToken)
    {
        var (head, limit) = Read(journal, await documents.FindAsync(LedgerPack.KeyOf(journal), "head", cancellationToken));
        return new JournalBalance(head, limit);
    }

    /// <inheritdoc/>
    public async ValueTask SetCreditLimitAsync(JournalId journal, CreditLimit limit, CancellationToken cancellationToken)
    {
        var pk = LedgerPack.KeyOf(journal);
        while (true)
        {
            var stored = await documents.FindAsync(pk, "head", cancellationToken);
            if (stored is null)
                await RegisterAsync(journal, cancellationToken);
            var head = Write(pk, Read(journal, stored).Head, limit);
            if (await documents.WriteAsync(pk, [DocumentWrite.Over(stored, "head", head, DocumentJson.Default.LedgerHeadDocument)], cancellationToken) is not null)
                return;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LedgerSeal> SealAsync(CancellationToken cancellationToken) => LedgerSeal.Of(await ListJournalsAsync(cancellationToken));

    private async Task<IReadOnlyList<JournalHead>> ReadHeadsAsync(CancellationToken cancellationToken)
    {
        const int Names = 500;
        var heads = new List<JournalHead>();
        for (var from = "j:"; ;)
        {
            var found = await documents.RangeAsync(NamesPk, from, "j;", Names, cancellationToken);
            foreach (var some in found.Select(stored => stored.Read(DocumentJson.Default.JournalNameDocument)).Chunk(32))
            {
                heads.AddRange(await Task.WhenAll(some.Select(async name =>
                    Read(new JournalId(name.AdvertiserId, name.Currency), await documents.FindAsync(name.Id, "head", cancellationToken)).Head)));
            }

            if (found.Count < Names)
                return heads;
            from = found[^1].Id + "0";
        }
    }

    private async Task<BodyDocument> PackAsync(string pk, IReadOnlyList<LedgerEntry> added, CancellationToken cancellationToken)
    {
        var bytes = LedgerPack.Write(added);
        var pack = new BodyDocument { Id = LedgerPack.IdOf(added[^1].Sequence), Pk = pk, First = added[0].Sequence, Last = added[^1].Sequence };
        return bytes.Length <= documents.MaxRawBytes / 2
            ? pack with { Body = bytes }
            : await Bodies.WritePartsAsync(documents, pack, bytes, string.Create(CultureInfo.InvariantCulture, $"p:{added[^1].Hash}"), cancellationToken);
    }

    private async Task RegisterAsync(JournalId journal, CancellationToken cancellationToken)
    {
        var id = LedgerPack.KeyOf(journal);
        await documents.WriteAsync(
            NamesPk, [DocumentWrite.Put(id, new JournalNameDocument(id, NamesPk, journal.AdvertiserId, journal.Currency), DocumentJson.Default.JournalNameDocument)],
            cancellationToken);
    }

    private static async Task<Dictionary<string, LedgerEntry>> FindAllAsync(
        LedgerShelf shelf, IReadOnlyList<LedgerPosting> postings, CancellationToken cancellationToken)
    {
        var ids = postings.SelectMany(posting => posting.Corrects is { } corrected ? [posting.EntryId, corrected] : new[] { posting.EntryId });
        var found = await shelf.ReadMarkedAsync(ids.Select(LedgerPack.MarkOf), cancellationToken);
        return found.ToDictionary(entry => entry.Posting.EntryId, StringComparer.Ordinal);
    }

    private static (JournalHead Head, CreditLimit Limit) Read(JournalId journal, StoredDocument? stored)
    {
        if (stored is null)
            return (JournalHead.Empty(journal), CreditLimit.Unlimited);
        var head = stored.Read(DocumentJson.Default.LedgerHeadDocument);
        return LedgerHash.TryParse(head.Hash, out var hash)
            ? (new JournalHead(journal, head.Count, hash, head.BalanceMicros), new CreditLimit(head.LimitMicros))
            : throw new LedgerCorruptException($"The head of the ledger of {journal} has the hash '{head.Hash}'. Restore the table to a time before.");
    }

    private static LedgerHeadDocument Write(string pk, JournalHead head, CreditLimit limit) =>
        new("head", pk, head.Count, head.Hash.ToString(), head.BalanceMicros, limit.Micros);
}
