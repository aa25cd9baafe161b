using ClickFuncs.Functions.Documents;
using ClickFuncs.Ledger;

namespace ClickFuncs.Functions.Tables;

/// <summary>Reads what is stored of one journal.</summary>
internal sealed class LedgerShelf(IDocuments documents, JournalId journal)
{
    private const int Page = 50;

    private readonly string _pk = LedgerPack.KeyOf(journal);

    /// <summary>Entries from a sequence number on, at most so many.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(long fromSequence, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        for (var from = LedgerPack.IdOf(Math.Max(1, fromSequence)); entries.Count < limit;)
        {
            var found = await documents.RangeAsync(_pk, from, "e;", Page, cancellationToken);
            foreach (var stored in found)
            {
                var pack = stored.Read(DocumentJson.Default.BodyDocument);
                entries.AddRange((await UnpackAsync(pack, cancellationToken)).Where(entry => entry.Sequence >= fromSequence));
                from = LedgerPack.IdOf(pack.Last + 1);
                if (entries.Count >= limit)
                    break;
            }

            if (found.Count < Page)
                break;
        }

        return [.. entries.Take(limit)];
    }

    /// <summary>All entries of the packs that bear one of the marks, in order.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadMarkedAsync(IEnumerable<string> marks, CancellationToken cancellationToken)
    {
        var packs = new SortedSet<long>();
        foreach (var mark in marks.Append(LedgerPack.AnyDay).Distinct(StringComparer.Ordinal))
            await AddMarkedAsync(mark, packs, cancellationToken);
        var entries = new List<LedgerEntry>();
        foreach (var last in packs)
        {
            var stored = await documents.FindAsync(_pk, LedgerPack.IdOf(last), cancellationToken)
                ?? throw new LedgerCorruptException($"The ledger of {journal} lacks the entries up to {last}. Restore the table to a time before.");
            entries.AddRange(await UnpackAsync(stored.Read(DocumentJson.Default.BodyDocument), cancellationToken));
        }

        return entries;
    }

    private async Task AddMarkedAsync(string mark, SortedSet<long> packs, CancellationToken cancellationToken)
    {
        for (var next = 0L; ;)
        {
            var found = await documents.RangeAsync(_pk, LedgerPack.MarkId(mark, next), $"k:{mark};", DocumentLimits.MaxWrites, cancellationToken);
            foreach (var stored in found)
                packs.Add(next = stored.Read(DocumentJson.Default.LedgerMarkDocument).Last);
            if (found.Count < DocumentLimits.MaxWrites)
                return;
            next++;
        }
    }

    private async Task<IEnumerable<LedgerEntry>> UnpackAsync(BodyDocument pack, CancellationToken cancellationToken) => LedgerPack.Read(
        journal,
        await Bodies.ReadAsync(documents, pack, cancellationToken)
        ?? throw new LedgerCorruptException($"The ledger of {journal} lacks a part of the entries up to {pack.Last}. Restore the table to a time before."));
}
