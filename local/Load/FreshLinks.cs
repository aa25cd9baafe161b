using System.Text;
using ClickFuncs.Catalog;
using ClickFuncs.Links;
using ClickFuncs.Local.Catalog;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Load;

/// <summary>Signs a link of its own for every request, over the active ads of a data folder's catalog in turn: every click is a new one.</summary>
internal sealed class FreshLinks : ILinkSource
{
    private readonly LinkMaker _maker;
    private readonly CatalogEntry[] _ads;
    private readonly string _run = ClickId.New();
    private long _next;

    private FreshLinks(LinkMaker maker, CatalogEntry[] ads) => (_maker, _ads) = (maker, ads);

    /// <summary>Takes ads and keys from a data folder.</summary>
    /// <exception cref="InvalidOperationException">The catalog has no ad that a link can be made for.</exception>
    public static async Task<FreshLinks> OpenAsync(DataDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var links = LinkKeyFile.Complete(options.Links, directory.LinkKeys);
        using var store = new SqliteCatalogStore(directory.Catalog);
        using var cache = new CatalogCache(store, options.Catalog, time, NullLogger<CatalogCache>.Instance);
        var catalog = await cache.RefreshAsync(cancellationToken);
        CatalogEntry[] ads = [.. catalog.Entries.Where(ad => ad.Status == AdStatus.Active && ad.Location != null)];
        return ads.Length > 0
            ? new FreshLinks(new LinkMaker(LinkKeyRing.From(links), links, time), ads)
            : throw new InvalidOperationException("The catalog has no active ad with a landing page; 'catalog add' makes one, 'up --demo' many.");
    }

    /// <inheritdoc/>
    public bool KnowsClickIds => true;

    /// <inheritdoc/>
    public bool TryNext(Span<byte> target, out int targetLength, Span<byte> clickId, out int clickIdLength)
    {
        var number = _next++;
        var id = FormattableString.Invariant($"{_run}_{number}");
        targetLength = Encoding.ASCII.GetBytes(_maker.MakeCompact(_ads[number % _ads.Length], id), target);
        clickIdLength = Encoding.ASCII.GetBytes(id, clickId);
        return true;
    }
}
