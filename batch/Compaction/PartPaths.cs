using System.Globalization;

namespace ClickFuncs.Batch.Compaction;

/// <summary>Where the files of parts lie in the lake.</summary>
internal static class PartPaths
{
    internal const string Root = "parquet/";

    internal const string Manifests = Root + "manifests/";

    // Enough to tell attempts apart; the whole digest is in the manifest.
    private const int DigestDigits = 16;

    internal static string ManifestsOf(string slice) => $"{Manifests}{slice}/";

    internal static string Manifest(string slice, int part) => $"{ManifestsOf(slice)}{Number(part)}.json";

    internal static string Events(string day, int bucket, string slice, int part, string digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}day={day}/bucket={bucket:D3}/{Name(slice, part, digest)}");

    internal static string Undecoded(string slice, int part, string digest) => $"{Root}undecoded/{Name(slice, part, digest)}";

    /// <summary>Slice and part that a Parquet file belongs to; false if the path is not one of theirs.</summary>
    internal static bool TryParse(string path, out string slice, out int part)
    {
        (slice, part) = ("", 0);
        var words = path[(path.LastIndexOf('/') + 1)..].Split('.');
        if (!path.StartsWith(Root, StringComparison.Ordinal) || words is not [var name, _, "parquet"])
            return false;
        var dash = name.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out part))
            return false;
        slice = name[..dash];
        return true;
    }

    private static string Name(string slice, int part, string digest) => $"{slice}-{Number(part)}.{digest[..DigestDigits]}.parquet";

    private static string Number(int part) => part.ToString("D8", CultureInfo.InvariantCulture);
}
