namespace ClickFuncs.Catalog;

/// <summary>What changed in a catalog since a version.</summary>
/// <param name="Version">Version the catalog has with these changes.</param>
/// <param name="Ads">Ads that are new or changed, in their newest form; ads are never removed, only archived.</param>
public sealed record CatalogChanges(long Version, IReadOnlyList<CatalogAd> Ads);
