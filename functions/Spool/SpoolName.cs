using System.Globalization;
using System.Text.RegularExpressions;

namespace ClickFuncs.Functions.Spool;

/// <summary>
/// The name of a file of a spool. Everything that has to be known of a spool without reading it stands in its names: how much waits, since when, and
/// whether somebody still looks after it. <c>OWNER.FIRST-COUNT-TIME.entries</c> holds entries, <c>OWNER.SEQUENCE.drained</c> says that those up to a number
/// are drained, <c>OWNER.TIME.alive</c> that the owner lived then.
/// </summary>
/// <param name="Owner">Whose spool.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Number">First entry, last drained entry, or time.</param>
/// <param name="Count">Entries in it.</param>
/// <param name="TimeMs">When the first of them came, or the owner lived; milliseconds since the Unix epoch.</param>
public sealed partial record SpoolName(string Owner, SpoolNameKind Kind, long Number, int Count, long TimeMs)
{
    /// <summary>The last entry.</summary>
    public long Last => Number + Count - 1;

    /// <summary>A file of entries.</summary>
    public static SpoolName Entries(string owner, long first, int count, long timeMs) => new(owner, SpoolNameKind.Entries, first, count, timeMs);

    /// <summary>How far the spool is drained.</summary>
    public static SpoolName Drained(string owner, long sequence) => new(owner, SpoolNameKind.Drained, sequence, 0, 0);

    /// <summary>A sign of life.</summary>
    public static SpoolName Alive(string owner, long timeMs) => new(owner, SpoolNameKind.Alive, timeMs, 0, timeMs);

    /// <summary>Reads a name; null for a file that is none of a spool.</summary>
    public static SpoolName? Read(string path)
    {
        if (EntriesName().Match(path) is { Success: true } entries)
            return Entries(entries.Groups[1].Value, Digits(entries.Groups[2]), (int)Digits(entries.Groups[3]), Digits(entries.Groups[4]));
        if (OtherName().Match(path) is not { Success: true } other)
            return null;
        return other.Groups[3].Value == "drained" ? Drained(other.Groups[1].Value, Digits(other.Groups[2])) : Alive(other.Groups[1].Value, Digits(other.Groups[2]));
    }

    /// <summary>The path. Names of entries sort by number.</summary>
    public override string ToString() => Kind switch
    {
        SpoolNameKind.Entries => string.Create(CultureInfo.InvariantCulture, $"{Owner}.{Number:D19}-{Count}-{TimeMs}.entries"),
        SpoolNameKind.Drained => string.Create(CultureInfo.InvariantCulture, $"{Owner}.{Number:D19}.drained"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Owner}.{Number:D19}.alive"),
    };

    private static long Digits(Group digits) => long.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([^./]+)\.(\d{19})-(\d{1,9})-(\d{1,15})\.entries$")]
    private static partial Regex EntriesName();

    [GeneratedRegex(@"^([^./]+)\.(\d{19})\.(drained|alive)$")]
    private static partial Regex OtherName();
}

/// <summary>What a file of a spool is.</summary>
public enum SpoolNameKind
{
    /// <summary>Entries.</summary>
    Entries,

    /// <summary>How far it is drained.</summary>
    Drained,

    /// <summary>A sign of life of its owner.</summary>
    Alive,
}
