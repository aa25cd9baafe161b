using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Log;

/// <summary>Cuts a torn tail off, after setting its bytes aside. Safe to interrupt at any point: until the cut, a repeat finds the same tail.</summary>
internal static class TornTailRepair
{
    /// <summary>What was set aside in a folder so far, by file name.</summary>
    public static string[] EvidenceIn(string directory) =>
        Directory.Exists(directory) ? [.. Directory.GetFiles(directory, "torn-*.bin").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Copies the tail to its evidence file, makes that durable, then cuts and makes the cut durable.</summary>
    public static void Apply(TornTail tail)
    {
        var directory = Path.GetDirectoryName(tail.Path)!;
        using var segment = new FileStream(tail.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        using (var evidence = new FileStream(Path.Combine(directory, tail.EvidenceName), FileMode.Create, FileAccess.Write))
        {
            segment.Position = tail.Offset;
            segment.CopyTo(evidence);
            evidence.Flush(flushToDisk: true);
        }

        DirectorySync.Flush(directory);
        segment.SetLength(tail.Offset);
        segment.Flush(flushToDisk: true);
    }
}
