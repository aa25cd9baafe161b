using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ClickFuncs.Verdicts.Addresses;

/// <summary>A network: all addresses from the first to the last, both included; IPv4 ones as IPv4-mapped IPv6 addresses.</summary>
internal readonly record struct AddressRange(UInt128 First, UInt128 Last)
{
    private const int MaxPrefix = 128;
    private const int MaxPrefixV4 = 32;

    /// <summary>Reads <c>203.0.113.0/24</c>, <c>2001:db8::/32</c> or a single address.</summary>
    /// <param name="text">The network in CIDR notation.</param>
    /// <param name="range">Its addresses.</param>
    /// <param name="problem">What is wrong and what to do, as the rest of a sentence that begins with the text.</param>
    public static bool TryParse(string text, out AddressRange range, [NotNullWhen(false)] out string? problem)
    {
        range = default;
        problem = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var addressText = slash < 0 ? text : text[..slash];
        if (!AddressText.TryParse(Encoding.UTF8.GetBytes(addressText), out var address))
        {
            problem = "is no network; write it as 203.0.113.0/24 or 2001:db8::/32.";
            return false;
        }

        var isV4 = !addressText.Contains(':', StringComparison.Ordinal);
        var longest = isV4 ? MaxPrefixV4 : MaxPrefix;
        var prefix = longest;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > longest))
        {
            problem = $"has no prefix length from 0 to {longest} after the slash.";
            return false;
        }

        var mask = HostMask(longest - prefix);
        // More likely a slip than meant; guessing which part is wrong could take in a thousand times too many.
        if ((address & mask) != 0)
        {
            problem = $"has address bits beyond its prefix of {prefix}; give the first address of the network, or a longer prefix.";
            return false;
        }

        range = new AddressRange(address, address | mask);
        return true;
    }

    private static UInt128 HostMask(int bits) => bits == MaxPrefix ? UInt128.MaxValue : (UInt128.One << bits) - 1;
}
