using System.Text;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>Names of the headers in which the edge says what it knows of the client, as the settings have them.</summary>
internal sealed class EdgeHeaders(RedirectOptions options)
{
    private readonly byte[] _country = Encoding.ASCII.GetBytes(options.CountryHeader ?? "");
    private readonly byte[] _forwarded = Encoding.ASCII.GetBytes(options.ForwardedForHeader ?? "");

    /// <summary>Whether the header says the country.</summary>
    public bool IsCountry(ReadOnlySpan<byte> name) => name.Length == _country.Length && Ascii.EqualsIgnoreCase(name, _country);

    /// <summary>Whether the header names the client's address.</summary>
    public bool IsForwarded(ReadOnlySpan<byte> name) => name.Length == _forwarded.Length && Ascii.EqualsIgnoreCase(name, _forwarded);
}
