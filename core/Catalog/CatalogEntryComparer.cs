namespace ClickFuncs.Catalog;

/// <summary>Finds entries by the UTF-8 bytes of their ad id, so that a redirect looks up what it decoded without making a string.</summary>
internal sealed class CatalogEntryComparer : IEqualityComparer<CatalogEntry>, IAlternateEqualityComparer<ReadOnlySpan<byte>, CatalogEntry>
{
    public static readonly CatalogEntryComparer Instance = new();

    public bool Equals(CatalogEntry? x, CatalogEntry? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.AdId.SequenceEqual(y.AdId));

    public int GetHashCode(CatalogEntry obj) => GetHashCode(obj.AdId);

    public bool Equals(ReadOnlySpan<byte> alternate, CatalogEntry other) => alternate.SequenceEqual(other.AdId);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public CatalogEntry Create(ReadOnlySpan<byte> alternate) =>
        throw new NotSupportedException("An ad can't be made from its id alone.");
}
