namespace ClickFuncs.Verdicts.Addresses;

/// <summary>
/// A set of addresses as sorted intervals that neither touch nor overlap; a look-up is one binary search and allocates
/// nothing. Immutable.
/// </summary>
internal sealed class AddressTable
{
    // Apart, so that the search reads no more memory than it must.
    private readonly UInt128[] _first;
    private readonly UInt128[] _last;

    /// <summary>With all addresses of the ranges, which may overlap.</summary>
    public AddressTable(IEnumerable<AddressRange> ranges)
    {
        var first = new List<UInt128>();
        var last = new List<UInt128>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (last.Count > 0 && (last[^1] == UInt128.MaxValue || range.First <= last[^1] + 1))
            {
                last[^1] = UInt128.Max(last[^1], range.Last);
                continue;
            }

            first.Add(range.First);
            last.Add(range.Last);
        }

        (_first, _last) = ([.. first], [.. last]);
    }

    /// <summary>Number of intervals.</summary>
    public int Count => _first.Length;

    /// <summary>Whether the address, as text, is in the set. What is no address is in none.</summary>
    public bool Contains(ReadOnlySpan<byte> text) => _first.Length > 0 && AddressText.TryParse(text, out var address) && Contains(address);

    /// <summary>Whether the address is in the set.</summary>
    public bool Contains(UInt128 address)
    {
        var (low, high) = (0, _first.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_first[middle] <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && address <= _last[low - 1];
    }
}
