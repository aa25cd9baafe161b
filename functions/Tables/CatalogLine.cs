using ClickFuncs.Catalog;

namespace ClickFuncs.Functions.Tables;

/// <summary>An ad as it stands in an entry or a snapshot of the catalog's journal.</summary>
/// <param name="Ad">The ad.</param>
/// <param name="Version">Version of its last change.</param>
public sealed record CatalogLine(CatalogAd Ad, long Version);
