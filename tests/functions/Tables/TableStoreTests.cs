using ClickFuncs.ApiKeys;
using ClickFuncs.Catalog;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Functions.Tables;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.Ledger;
using ClickFuncs.Sessions;
using ClickFuncs.Testing.ApiKeys;
using ClickFuncs.Testing.Catalog;
using ClickFuncs.Testing.Ledger;
using ClickFuncs.Testing.Sessions;

namespace ClickFuncs.Functions.Tests.Tables;

/// <summary>The catalog on the rules of Azure Tables.</summary>
public sealed class TableCatalogTests : CatalogStoreContract, IDisposable
{
    private readonly InMemoryDocuments _documents = TableRules.New();
    private readonly TableCatalog _store;

    public TableCatalogTests() => _store = new TableCatalog(_documents);

    protected override ICatalogStore Store => _store;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task TwoInstances_ManyWrites_SeeTheSameThroughSnapshots()
    {
        TableCatalog[] instances = [_store, new TableCatalog(_documents)];
        for (var i = 0; i < 450; i++)
            await instances[i % 2].UpsertAsync([CatalogSamples.Ad($"ad_{i % 300}") with { PriceMicros = i }], CancellationToken.None);
        foreach (var instance in (TableCatalog[])[.. instances, new TableCatalog(_documents)])
        {
            var all = await instance.ReadChangesAsync(0, CancellationToken.None);
            Assert.Equal((450, 300), (all.Version, all.Ads.Count));
            Assert.Equal(Enumerable.Range(150, 300).Sum(i => (long)i), all.Ads.Sum(ad => ad.PriceMicros));
            Assert.Equal(10, (await instance.ReadChangesAsync(440, CancellationToken.None)).Ads.Count);
        }

        Assert.InRange(_documents.Count, 2, 260);
    }

    [Fact]
    public async Task Upsert_OfMoreThanADocumentHolds_IsAllThereOrNot()
    {
        CatalogAd[] ads = [.. Enumerable.Range(0, 8_000).Select(i => CatalogSamples.Ad($"ad_{i}"))];
        await _store.UpsertAsync(ads, CancellationToken.None);
        Assert.Equal(8_000, (await new TableCatalog(_documents).ReadChangesAsync(0, CancellationToken.None)).Ads.Count);
    }
}

/// <summary>API keys on the rules of Azure Tables.</summary>
public sealed class TableApiKeysTests : ApiKeyStoreContract
{
    protected override IApiKeyStore Store { get; } = new TableApiKeys(TableRules.New());
}

/// <summary>Ended sessions on the rules of Azure Tables.</summary>
public sealed class TableSessionRevocationsTests : SessionRevocationsContract
{
    private readonly InMemoryDocuments _documents = TableRules.New();

    public TableSessionRevocationsTests() => Store = new TableSessionRevocations(_documents);

    protected override ISessionRevocations Store { get; }

    [Fact]
    public async Task Revoke_ManyOverDays_KeepsThoseOfOneLifetime()
    {
        var start = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        for (var hour = 0; hour < 100; hour++)
            await Store.RevokeAsync(new BrowserSession($"{hour:x4}", start.AddHours(hour + 12)), start.AddHours(hour), CancellationToken.None);
        Assert.Equal(13, _documents.Count);
    }
}

/// <summary>The ledger on the rules of Azure Tables.</summary>
public sealed class TableLedgerTests : LedgerContract
{
    private readonly InMemoryDocuments _documents = TableRules.New();

    [Fact]
    public async Task Post_OfMoreEntriesThanABatchHolds_IsOneUnit()
    {
        var ledger = Open();
        LedgerPosting[] postings = [.. Enumerable.Range(0, 5_000).Select(i => LedgerSamples.Charge(LedgerSamples.Dollars, campaign: $"cmp_{i}"))];
        await ledger.PostAsync(LedgerSamples.Dollars, postings, null, CancellationToken.None);
        Assert.Equal(5_000, (await ledger.ReadClickDayAsync(LedgerSamples.Dollars, LedgerSamples.Day, CancellationToken.None)).Count);
        Assert.Equal(0, (await ledger.PostAsync(LedgerSamples.Dollars, postings, null, CancellationToken.None)).Added);
    }

    [Fact]
    public async Task Post_AboutMoreDaysThanMarksFit_IsFoundAllTheSame()
    {
        var ledger = Open();
        LedgerPosting[] postings = [.. Enumerable.Range(0, 150).Select(i => LedgerPostings.Clicks(
            LedgerSamples.Dollars, new DayClose(LedgerSamples.Day.AddDays(i), 1, LedgerSamples.Day.AddDays(i)), "cmp_1", new ChargeAmount(1, 1), null))];
        await ledger.PostAsync(LedgerSamples.Dollars, postings, null, CancellationToken.None);
        Assert.NotNull(await ledger.FindAsync(LedgerSamples.Dollars, postings[99].EntryId, CancellationToken.None));
        Assert.Single(await ledger.ReadClickDayAsync(LedgerSamples.Dollars, LedgerSamples.Day.AddDays(7), CancellationToken.None));
    }

    protected override ILedger Open(Action<string>? atStep = null)
    {
        _documents.BeforeWrite = (_, _) => atStep?.Invoke("commit");
        _documents.AfterWrite = _ => atStep?.Invoke("committed");
        return new TableLedger(_documents);
    }
}

/// <summary>The fake with the limits of Tables.</summary>
internal static class TableRules
{
    public static InMemoryDocuments New() => new(maxDocument: 1024 * 1024, maxBatch: 4 * 1024 * 1024);
}
