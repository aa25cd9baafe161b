using System.Buffers;

namespace ClickFuncs.Analytics;

/// <summary>What a staging area may be called. Pure.</summary>
public static class StagingAreaName
{
    /// <summary>Most characters of a name.</summary>
    public const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    /// <summary>Throws unless it is a name: 1 to 100 ASCII letters, digits, and <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c>.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(string area)
    {
        ArgumentNullException.ThrowIfNull(area);
        if (area.Length is 0 or > MaxLength || area.AsSpan().ContainsAnyExcept(Allowed))
            throw new ArgumentException($"'{area}' can't name a staging area: use 1 to {MaxLength} letters, digits, '-', '_', '.' and ':'.");
    }
}
