using System.Collections.Frozen;

namespace ClickFuncs.Money;

/// <summary>
/// How many decimals the smallest unit of a currency has, after ISO 4217: 2 for cents, 0 for yen, 3 for fils. It decides how
/// an amount is shown, never how it is kept.
/// </summary>
public static class CurrencyExponent
{
    /// <summary>What almost all currencies have.</summary>
    public const int Usual = 2;

    private static readonly FrozenDictionary<string, int> Others = Rows(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")
        .Concat(Rows(3, "BHD IQD JOD KWD LYD OMR TND"))
        .Concat(Rows(4, "CLF UYW"))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number of decimals, 0 to 4; <see cref="Usual"/> for a code that is not known.</summary>
    public static int Of(string currency) => Others.GetValueOrDefault(currency, Usual);

    private static IEnumerable<KeyValuePair<string, int>> Rows(int decimals, string codes) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, decimals));
}
