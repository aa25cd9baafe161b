using System.Globalization;

namespace ClickFuncs.Local.State;

/// <summary>Which snapshot: of which partition, as of which sequence number, by the owner with which fencing token.</summary>
internal readonly record struct SnapshotName(int Partition, long Sequence, long Token)
{
    /// <summary>Ending of a finished file; what is being written has <c>.tmp</c> after it.</summary>
    public const string Extension = ".snap";

    /// <summary>Name of its file.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"p{Partition}-{Sequence}-{Token}{Extension}");

    /// <summary>Reads the name of a file, finished or not; false for one that is none of ours.</summary>
    public static bool TryParse(string fileName, out SnapshotName name)
    {
        name = default;
        var end = fileName.IndexOf(Extension, StringComparison.Ordinal);
        var parts = end > 0 && fileName[0] == 'p' ? fileName[1..end].Split('-') : [];
        if (parts.Length != 3 || !TryRead(parts[0], out var partition) || !TryRead(parts[1], out var sequence) || !TryRead(parts[2], out var token))
            return false;
        name = new SnapshotName((int)partition, sequence, token);
        return true;
    }

    private static bool TryRead(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
