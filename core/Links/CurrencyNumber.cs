namespace ClickFuncs.Links;

/// <summary>Three capital letters as a number of two bytes, 1 to 17576; 0 for none. Keeps tokens short.</summary>
internal static class CurrencyNumber
{
    public const int Max = 26 * 26 * 26;

    /// <summary>The number of a valid code.</summary>
    public static ushort Of(ReadOnlySpan<byte> currency) => currency.IsEmpty
        ? (ushort)0
        : (ushort)(1 + (((currency[0] - 'A') * 26 + (currency[1] - 'A')) * 26) + (currency[2] - 'A'));

    /// <summary>Writes the code and returns its length, 0 or 3.</summary>
    /// <param name="number">At most <see cref="Max"/>.</param>
    /// <param name="target">At least three bytes.</param>
    public static int Write(int number, Span<byte> target)
    {
        if (number == 0)
            return 0;
        var rest = number - 1;
        target[2] = (byte)('A' + (rest % 26));
        target[1] = (byte)('A' + (rest / 26 % 26));
        target[0] = (byte)('A' + (rest / 676));
        return 3;
    }
}
