using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClickFuncs.Catalog;

/// <summary>All ads as of one version. Immutable, so any number of threads may read it.</summary>
/// <remarks>
/// A plain hash set that nobody writes to any more, not a frozen one: for a million ads it finds an ad as fast, and the
/// copy for a changed version takes a tenth of the time (measured: 0.1 s against 0.7 to 1.1 s).
/// </remarks>
public sealed class CatalogSnapshot
{
    /// <summary>No ads, version 0.</summary>
    public static readonly CatalogSnapshot Empty = new(0, new HashSet<CatalogEntry>(CatalogEntryComparer.Instance));

    private readonly HashSet<CatalogEntry> _entries;
    private readonly HashSet<CatalogEntry>.AlternateLookup<ReadOnlySpan<byte>> _byId;
    private readonly Lazy<IReadOnlyList<string>> _advertiserIds;

    private CatalogSnapshot(long version, HashSet<CatalogEntry> entries)
    {
        Version = version;
        _entries = entries;
        _byId = entries.GetAlternateLookup<ReadOnlySpan<byte>>();
        _advertiserIds = new Lazy<IReadOnlyList<string>>(ListAdvertisers);
    }

    /// <summary>Version of the catalog this is.</summary>
    public long Version { get; }

    /// <summary>Number of ads.</summary>
    public int Count => _entries.Count;

    /// <summary>Every advertiser that has an ad, ascending (ordinal). Computed once, when first asked for.</summary>
    public IReadOnlyList<string> AdvertiserIds => _advertiserIds.Value;

    /// <summary>Every ad, in no order.</summary>
    public IEnumerable<CatalogEntry> Entries => _entries;

    /// <summary>Finds an ad by the UTF-8 bytes of its id.</summary>
    public bool TryFind(ReadOnlySpan<byte> adId, [MaybeNullWhen(false)] out CatalogEntry entry) =>
        _byId.TryGetValue(adId, out entry);

    /// <summary>Finds an ad by its id.</summary>
    public bool TryFind(string adId, [MaybeNullWhen(false)] out CatalogEntry entry) =>
        TryFind(Encoding.UTF8.GetBytes(adId), out entry);

    /// <summary>The snapshot that these changes lead to; this one stays as it is.</summary>
    public CatalogSnapshot With(CatalogChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var entries = new HashSet<CatalogEntry>(_entries, CatalogEntryComparer.Instance);
        foreach (var ad in changes.Ads)
        {
            var entry = new CatalogEntry(ad);
            entries.Remove(entry);
            entries.Add(entry);
        }

        return new CatalogSnapshot(changes.Version, entries);
    }

    private List<string> ListAdvertisers()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _entries)
            ids.Add(Encoding.UTF8.GetString(entry.AdvertiserId));
        return [.. ids.Order(StringComparer.Ordinal)];
    }
}
