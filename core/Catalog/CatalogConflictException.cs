namespace ClickFuncs.Catalog;

/// <summary>
/// A write would hand an existing ad to another advertiser. It is refused, since clicks that are still to be counted
/// would change who pays; make a new ad instead.
/// </summary>
public sealed class CatalogConflictException(string message) : Exception(message);
