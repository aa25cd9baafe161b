namespace ClickFuncs.Budgets;

/// <summary>Finds entries by the UTF-8 bytes of their campaign id, so that a redirect looks one up without making a string.</summary>
internal sealed class BudgetEntryComparer : IEqualityComparer<BudgetEntry>, IAlternateEqualityComparer<ReadOnlySpan<byte>, BudgetEntry>
{
    public static readonly BudgetEntryComparer Instance = new();

    public bool Equals(BudgetEntry? x, BudgetEntry? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Id.SequenceEqual(y.Id));

    public int GetHashCode(BudgetEntry obj) => GetHashCode(obj.Id);

    public bool Equals(ReadOnlySpan<byte> alternate, BudgetEntry other) => alternate.SequenceEqual(other.Id);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public BudgetEntry Create(ReadOnlySpan<byte> alternate) =>
        throw new NotSupportedException("An entry can't be made from its id alone.");
}
