namespace ClickFuncs.Batch.Archive;

/// <summary>
/// Start times as their fourteen digits, <c>yyyyMMddHHmmss</c>, and the paths that begin with the first few of them. A lake only lists what
/// begins alike, in order; cut into digits, it can be searched from any time on and from the end, without listing what lies before.
/// </summary>
internal static class CaptureTimePrefix
{
    /// <summary>Digits down to the hour: few enough files to list them all.</summary>
    public const int HourDigits = 10;

    private const string LargestDigits = "99991939295959";

    /// <summary>The digits of a time.</summary>
    public static string DigitsOf(DateTimeOffset start) =>
        start.UtcDateTime.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The part of a path that these digits are: <c>202607</c> is <c>2026/07</c>, then <c>/</c> as a whole name is followed by one.</summary>
    public static string PathOf(string digits)
    {
        var names = string.Concat(digits.Select((digit, at) => at >= 4 && at % 2 == 0 ? $"/{digit}" : $"{digit}"));
        return digits.Length is >= 4 and < 14 && digits.Length % 2 == 0 ? names + "/" : names;
    }

    /// <summary>The prefixes one digit longer, ascending; those no time has are left out as far as one digit tells.</summary>
    public static IEnumerable<string> Longer(string digits)
    {
        for (var digit = '0'; digit <= LargestDigits[digits.Length]; digit++)
            yield return digits + digit;
    }
}
