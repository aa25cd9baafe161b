using System.Globalization;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// The name of a capture file: <c>capture/{namespace}/{hub}/{partition}/{yyyy}/{MM}/{dd}/{HH}/{mm}/{ss}.avro</c>, Event Hubs Capture's own
/// order, after the start of its interval in UTC. Files of a partition sort by it.
/// </summary>
/// <param name="Hub">Whose capture it is.</param>
/// <param name="Partition">Partition of the log.</param>
/// <param name="Start">When the interval began: processing time, whole seconds.</param>
public sealed record CapturePath(CaptureHub Hub, int Partition, DateTimeOffset Start)
{
    private const string Ending = ".avro";
    private const string TimeFormat = "yyyy'/'MM'/'dd'/'HH'/'mm'/'ss";
    private const int NamesBeforeTime = 4;

    /// <summary>What the paths of a partition's files begin with.</summary>
    public static string PrefixOf(CaptureHub hub, int partition) => string.Create(CultureInfo.InvariantCulture, $"{hub.Prefix}{partition}/");

    /// <summary>Reads a path; false if it is not that of a capture file, with null.</summary>
    public static bool TryParse(string path, out CapturePath? parsed)
    {
        parsed = null;
        var names = path.Split('/', NamesBeforeTime + 1);
        if (names.Length <= NamesBeforeTime || names[0] != CaptureHub.Root || !path.EndsWith(Ending, StringComparison.Ordinal)
            || !int.TryParse(names[3], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            || !DateTimeOffset.TryParseExact(
                names[NamesBeforeTime][..^Ending.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
            return false;
        parsed = new CapturePath(new CaptureHub(names[1], names[2]), partition, start);
        // One file, one name: '01' for partition 1 is another file's.
        if (parsed.ToString() != path)
            parsed = null;
        return parsed != null;
    }

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is not that of a capture file.</exception>
    public static CapturePath Parse(string path) => TryParse(path, out var parsed)
        ? parsed!
        : throw new FormatException($"'{path}' is no path of a capture file; they look like {new CapturePath(new CaptureHub(), 0, DateTimeOffset.UnixEpoch)}.");

    /// <summary>The path in the lake.</summary>
    public override string ToString() =>
        PrefixOf(Hub, Partition) + Start.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + Ending;
}
