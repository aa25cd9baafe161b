using System.Globalization;

namespace ClickFuncs.Money;

/// <summary>
/// Amounts as decimal text, <c>-12.34</c>, and back, by integer arithmetic alone. Nothing is rounded: what can't be said
/// exactly in micros is refused, and an amount that is no whole number of smallest units shows all six decimals.
/// </summary>
public static class MoneyText
{
    private const ulong MicrosPerUnit = 1_000_000;
    private const int MicroDecimals = 6;
    private const int MaxWholeDigits = 12;

    /// <summary>The amount without its currency: two decimals for dollars, none for yen, all six if it needs more than those.</summary>
    /// <param name="micros">The amount in millionths.</param>
    /// <param name="currency">ISO 4217 code, for <see cref="CurrencyExponent"/>.</param>
    public static string Format(long micros, string currency)
    {
        // The magnitude of long.MinValue is no long.
        var (whole, fraction) = Math.DivRem(micros < 0 ? 0UL - (ulong)micros : (ulong)micros, MicrosPerUnit);
        var digits = fraction.ToString("D6", CultureInfo.InvariantCulture);
        var decimals = CurrencyExponent.Of(currency);
        if (digits.AsSpan(decimals).ContainsAnyExcept('0'))
            decimals = MicroDecimals;
        var sign = micros < 0 ? "-" : "";
        return decimals == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{digits.AsSpan(0, decimals)}");
    }

    /// <summary>
    /// Reads up to twelve digits, and after a point up to six; a minus may lead. No plus, exponent, white space, grouping or
    /// bare point.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="micros">The amount in millionths.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out long micros)
    {
        micros = 0;
        var isNegative = text.StartsWith("-");
        var digits = isNegative ? text[1..] : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.Length is 0 or > MaxWholeDigits || fraction.Length > MicroDecimals || (point >= 0 && fraction.IsEmpty))
            return false;
        if (whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;
        foreach (var digit in whole)
            micros = (micros * 10) + (digit - '0');
        for (var i = 0; i < MicroDecimals; i++)
            micros = (micros * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        micros = isNegative ? -micros : micros;
        return true;
    }
}
