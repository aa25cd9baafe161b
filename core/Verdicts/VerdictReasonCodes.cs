using System.Numerics;
using System.Text;

namespace ClickFuncs.Verdicts;

/// <summary>Stable texts of <see cref="VerdictReasons"/>, as in event lines, reports and metrics.</summary>
public static class VerdictReasonCodes
{
    // By bit number.
    private static readonly string[] Codes =
    [
        "known_bot", "self_declared_crawler", "data_center", "missing_user_agent", "absurd_user_agent", "velocity_ip", "velocity_user",
    ];

    private static readonly byte[][] Utf8Codes = Array.ConvertAll(Codes, Encoding.ASCII.GetBytes);

    /// <summary>Code of one reason in snake_case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not exactly one reason, or none this version knows.</exception>
    public static string Code(this VerdictReasons reason)
    {
        var bit = BitOperations.TrailingZeroCount((ulong)reason);
        if (!BitOperations.IsPow2((ulong)reason) || bit >= Codes.Length)
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "This is not one reason that has a code.");
        return Codes[bit];
    }

    /// <summary>The reason with this code; false when there is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> code, out VerdictReasons reason)
    {
        for (var bit = 0; bit < Utf8Codes.Length; bit++)
        {
            if (code.SequenceEqual(Utf8Codes[bit]))
            {
                reason = (VerdictReasons)(1UL << bit);
                return true;
            }
        }

        reason = VerdictReasons.None;
        return false;
    }

    /// <summary>The set taken apart into single reasons, lowest bit first.</summary>
    public static VerdictReasonEnumerator GetEnumerator(this VerdictReasons reasons) => new(reasons);
}
