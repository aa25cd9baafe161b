namespace ClickFuncs.Catalog;

/// <summary>
/// Port: the ads, durable and versioned. The version starts at 0, rises with every write that changes something, and
/// lets readers fetch only what they lack. Embedded: SQLite. Azure: Tables.
/// </summary>
public interface ICatalogStore
{
    /// <summary>Adds the ads or replaces those that exist, durably and all or nothing. Writing what is already there changes nothing.</summary>
    /// <returns>The version afterwards.</returns>
    /// <exception cref="ArgumentException">An ad is invalid, or is named twice.</exception>
    /// <exception cref="CatalogConflictException">An ad belongs to another advertiser.</exception>
    ValueTask<long> UpsertAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken);

    /// <summary>Adds those ads that don't exist and leaves the others as they are, durably: for ads first seen in events.</summary>
    /// <returns>The version afterwards.</returns>
    /// <exception cref="ArgumentException">An ad is invalid, or is named twice.</exception>
    ValueTask<long> AddMissingAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken);

    /// <summary>The current version; cheap, meant to be asked every second.</summary>
    ValueTask<long> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>Ads that were added or changed after <paramref name="sinceVersion"/>; 0 gives all of them.</summary>
    ValueTask<CatalogChanges> ReadChangesAsync(long sinceVersion, CancellationToken cancellationToken);
}
