using System.Text.Json;
using ClickFuncs.Catalog;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Tables;

/// <summary>
/// The catalog as a journal of its changes: an entry per write, whose number is the version, and now and then a snapshot. So a write of any
/// number of ads is all or nothing, whoever asks for changes reads just those, and a million ads are read in a few hundred requests instead
/// of a thousand pages. The store keeps what it has read: as much memory as the catalog takes.
/// </summary>
/// <param name="documents">The table.</param>
public sealed class TableCatalog(IDocuments documents) : ICatalogStore, IDisposable
{
    private const int EntriesPerSnapshot = 200;

    private readonly OwnedJournal _journal = new(documents, "catalog");
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<string, CatalogLine> _ads = new(StringComparer.Ordinal);
    private long _version;
    private int _entries;

    /// <inheritdoc/>
    public ValueTask<long> UpsertAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken) =>
        WriteAsync(ads, WithoutTheft, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> AddMissingAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken) =>
        WriteAsync(ads, (ad, stored) => stored is null ? ad : null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> GetVersionAsync(CancellationToken cancellationToken) => await _journal.GetLastAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CatalogChanges> ReadChangesAsync(long sinceVersion, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await CatchUpAsync(cancellationToken);
            return new CatalogChanges(_version, [.. _ads.Values.Where(line => line.Version > sinceVersion).Select(line => line.Ad)]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async ValueTask<long> WriteAsync(
        IReadOnlyCollection<CatalogAd> ads, Func<CatalogAd, CatalogAd?, CatalogAd?> change, CancellationToken cancellationToken)
    {
        CatalogAdRules.CheckAll(ads);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                await CatchUpAsync(cancellationToken);
                CatalogLine[] changed = [.. ads.Select(ad => change(ad, _ads.GetValueOrDefault(ad.AdId)?.Ad)).OfType<CatalogAd>()
                    .Select(ad => new CatalogLine(ad, _version + 1))];
                if (changed.Length == 0)
                    return _version;
                // Refused when somebody else has written meanwhile: then decide again.
                if (!await _journal.AppendAfterAsync(_version, Bytes(changed), cancellationToken))
                    continue;
                Apply(changed);
                if (_entries >= EntriesPerSnapshot && await _journal.SaveSnapshotOfAsync(_version, Bytes([.. _ads.Values]), cancellationToken))
                    _entries = 0;
                return _version;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await _journal.ReadAfterAsync(_version, cancellationToken) is { } entries)
        {
            foreach (var entry in entries)
                Apply(Lines(entry));
            return;
        }

        var all = await _journal.ReadAsync(cancellationToken);
        (_ads, _version, _entries) = (new Dictionary<string, CatalogLine>(StringComparer.Ordinal), all.Last - all.Entries.Count, 0);
        foreach (var line in all.Snapshot is { } snapshot ? Lines(snapshot) : [])
            _ads[line.Ad.AdId] = line;
        foreach (var entry in all.Entries)
            Apply(Lines(entry));
    }

    private void Apply(CatalogLine[] changed)
    {
        foreach (var line in changed)
            _ads[line.Ad.AdId] = line;
        _version++;
        _entries++;
    }

    private static CatalogAd? WithoutTheft(CatalogAd ad, CatalogAd? stored)
    {
        if (stored is not null && stored.AdvertiserId != ad.AdvertiserId)
            throw new CatalogConflictException($"Ad '{ad.AdId}' belongs to another advertiser than '{ad.AdvertiserId}'. Make a new ad instead.");
        return stored == ad ? null : ad;
    }

    private static byte[] Bytes(CatalogLine[] lines) => JsonSerializer.SerializeToUtf8Bytes(lines, DocumentJson.Default.CatalogLineArray);

    private static CatalogLine[] Lines(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize(bytes.Span, DocumentJson.Default.CatalogLineArray) ?? [];
}
