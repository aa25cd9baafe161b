using System.Text;
using System.Text.Json;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>
/// Budgets and spend on Cosmos DB. Budgets are a document each beside one that has the highest version, written in one batch. Spend is a
/// journal of the lane's steps.
/// </summary>
/// <param name="documents">The container.</param>
public sealed class CosmosBudgets(IDocuments documents) : IBudgetStore, ISpendStore
{
    private const string Pk = "budgets";
    private const string VersionId = "version";
    private const int EntriesPerSnapshot = 200;

    private readonly OwnedJournal _journal = new(documents, "spend");
    private SpendFold? _fold;
    private int _entries;

    /// <inheritdoc/>
    public async ValueTask<StoredBudget> PutAsync(CampaignBudget budget, long? expectedVersion, CancellationToken cancellationToken)
    {
        BudgetRules.Check(budget);
        var id = IdOf(budget.CampaignId);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The version first: whoever writes after this read makes the batch fail.
            var version = await documents.FindAsync(Pk, VersionId, cancellationToken);
            var before = await documents.FindAsync(Pk, id, cancellationToken);
            var stored = before?.Read(DocumentJson.Default.BudgetDocument) is { } document ? new StoredBudget(document.Budget, document.Version) : null;
            BudgetWriteRule.Require(budget, stored, expectedVersion);
            if (stored?.Budget == budget)
                return stored;
            var next = VersionOf(version) + 1;
            DocumentWrite[] writes =
            [
                DocumentWrite.Over(version, VersionId, new BudgetVersionDocument(VersionId, Pk, next), DocumentJson.Default.BudgetVersionDocument),
                DocumentWrite.Over(before, id, new BudgetDocument(id, Pk, budget, next), DocumentJson.Default.BudgetDocument),
            ];
            if (await documents.WriteAsync(Pk, writes, cancellationToken) is not null)
                return new StoredBudget(budget, next);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredBudget?> FindAsync(string campaignId, CancellationToken cancellationToken) =>
        await documents.FindAsync(Pk, IdOf(campaignId), cancellationToken) is { } found ? Read(found) : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredBudget>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<StoredBudget>();
        for (var from = "b:"; ;)
        {
            var found = await documents.RangeAsync(Pk, from, "b;", 1000, cancellationToken);
            all.AddRange(found.Select(Read));
            if (found.Count < 1000)
                break;
            from = found[^1].Id + "0";
        }

        return [.. all.OrderBy(stored => stored.Budget.CampaignId, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask<long> GetVersionAsync(CancellationToken cancellationToken) =>
        VersionOf(await documents.FindAsync(Pk, VersionId, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<SpendState> TakeOverAsync(CancellationToken cancellationToken)
    {
        var state = await _journal.TakeOverAsync(cancellationToken);
        _fold = new SpendFold(state);
        _entries = state.Entries.Count;
        return _fold.State(state.Token);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(long token, SpendCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var kept = commit.ForgetBefore is null ? null : (await ListAsync(cancellationToken)).Select(stored => stored.Budget.CampaignId).ToList();
        var entry = new SpendEntry(commit.Covered, commit.Partials, commit.Sealed, commit.ReadThrough, commit.ForgetBefore, kept);
        if (!await _journal.AppendAsync(token, JsonSerializer.SerializeToUtf8Bytes(entry, DocumentJson.Default.SpendEntry), cancellationToken))
            throw new SpendTakenOverException(token);
        _fold!.Apply(entry);
        if (++_entries < EntriesPerSnapshot)
            return;
        if (!await _journal.SaveSnapshotAsync(token, _fold.Snapshot(), cancellationToken))
            throw new SpendTakenOverException(token);
        _entries = 0;
    }

    // An id may hold what the service forbids in ids, such as a slash.
    private static string IdOf(string campaignId) => "b:" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(campaignId));

    private static StoredBudget Read(StoredDocument document)
    {
        var stored = document.Read(DocumentJson.Default.BudgetDocument);
        return new StoredBudget(stored.Budget, stored.Version);
    }

    private static long VersionOf(StoredDocument? document) => document?.Read(DocumentJson.Default.BudgetVersionDocument).Version ?? 0;
}
