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

    /// <summary>The code that stands for reasons of a later version.</summary>
    public const string Other = "other";

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

    /// <summary>
    /// The reasons by weight: first what the click itself shows beyond doubt, then what others like it show, then what only looks odd. The order is
    /// fixed, so that stream and recount name the same one whatever the settings.
    /// </summary>
    public static IReadOnlyList<VerdictReasons> ByWeight { get; } =
    [
        VerdictReasons.KnownBot, VerdictReasons.SelfDeclaredCrawler, VerdictReasons.DataCenter, VerdictReasons.VelocityIp, VerdictReasons.VelocityUser,
        VerdictReasons.MissingUserAgent, VerdictReasons.AbsurdUserAgent,
    ];

    /// <summary>The one reason that stands for a set where clicks are counted by reason: the first by weight; <see cref="Other"/> if all are of a
    /// later version, empty for none.</summary>
    public static string Deciding(VerdictReasons reasons)
    {
        foreach (var reason in ByWeight)
        {
            if ((reasons & reason) != 0)
                return reason.Code();
        }

        return reasons == VerdictReasons.None ? "" : Other;
    }

    /// <summary>The set taken apart into single reasons, lowest bit first.</summary>
    public static VerdictReasonEnumerator GetEnumerator(this VerdictReasons reasons) => new(reasons);
}
