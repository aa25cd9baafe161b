using System.Globalization;

namespace ClickFuncs.Links;

/// <summary>
/// Prices as decimal text, <c>0.45</c>, converted to micros without rounding: what can't be converted exactly is refused.
/// </summary>
public static class PriceText
{
    private const int MaxFractionDigits = 6;
    private const int MaxIntegerDigits = 7;

    /// <summary>Reads digits with at most six after the point; no sign, exponent, white space or bare point.</summary>
    /// <param name="text">ASCII text.</param>
    /// <param name="micros">The price in millionths.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.Length is 0 or > MaxIntegerDigits || fraction.Length > MaxFractionDigits || (point >= 0 && fraction.IsEmpty))
            return false;
        if (whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        foreach (var digit in whole)
            micros = (micros * 10) + (digit - '0');
        for (var i = 0; i < MaxFractionDigits; i++)
            micros = (micros * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back as <paramref name="micros"/>.</summary>
    public static string Format(long micros) => (micros / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);
}
