using System.Text;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>What the key of an invalid click ends with: the deciding reason, as the last field of a <see cref="DimensionKey"/>.</summary>
internal static class ReasonKey
{
    /// <summary>No reason: the key is the event's own bytes.</summary>
    public const byte None = 0;

    // By weight, then the one that stands for those of a later version.
    private static readonly byte[][] Suffixes =
    [
        [], .. VerdictReasonCodes.ByWeight.Select(reason => Suffix(reason.Code())), Suffix(VerdictReasonCodes.Other),
    ];

    /// <summary>Longest suffix in bytes.</summary>
    public static int MaxLength { get; } = Suffixes.Max(suffix => suffix.Length);

    /// <summary>Number of the deciding reason.</summary>
    public static byte Of(VerdictReasons reasons)
    {
        var byWeight = VerdictReasonCodes.ByWeight;
        for (var i = 0; i < byWeight.Count; i++)
        {
            if ((reasons & byWeight[i]) != 0)
                return (byte)(i + 1);
        }

        return (byte)(byWeight.Count + 1);
    }

    /// <summary>The bytes of a number.</summary>
    public static ReadOnlySpan<byte> SuffixOf(byte reason) => Suffixes[reason];

    private static byte[] Suffix(string code) => [DimensionKey.ReasonTag, (byte)code.Length, .. Encoding.ASCII.GetBytes(code)];
}
