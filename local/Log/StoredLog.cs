using System.Globalization;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>What lies on disk: the verified chain of segments and where it ends. Loading changes nothing.</summary>
/// <param name="Segments">Oldest first, at least one. The last one was read in full, of the others the headers.</param>
/// <param name="NextBlock">Number of the next block.</param>
/// <param name="NextSequences">Next sequence number of each partition.</param>
/// <param name="ArrivalMs">Arrival of the last block, milliseconds since the Unix epoch.</param>
/// <param name="Torn">An interrupted write at the end, if there is one.</param>
internal sealed record StoredLog(Segment[] Segments, long NextBlock, long[] NextSequences, long ArrivalMs, TornTail? Torn)
{
    /// <summary>Reads a folder; null when it holds no segment.</summary>
    /// <exception cref="LogCorruptException">Something acknowledged is damaged or missing; the message says where.</exception>
    public static StoredLog? Load(string directory)
    {
        var paths = SegmentPaths(directory);
        if (paths.Length == 0)
            return null;
        var segments = Array.ConvertAll(paths, path => new Segment(path, SegmentHeader.Load(path), new FileInfo(path).Length));
        for (var i = 0; i < segments.Length; i++)
        {
            if (SegmentChain.FaultOf(i == 0 ? null : segments[i - 1], segments[i]) is { } fault)
                throw new LogCorruptException(fault);
        }

        return ScanLast(segments);
    }

    /// <summary>The segment files of a folder, oldest first.</summary>
    public static string[] SegmentPaths(string directory)
    {
        if (!Directory.Exists(directory))
            return [];
        var paths = Directory.GetFiles(directory, "*.seg");
        Array.Sort(paths, string.CompareOrdinal);
        return paths;
    }

    private static StoredLog ScanLast(Segment[] segments)
    {
        var last = segments[^1];
        var length = last.DurableLength;
        var scan = new SegmentScan(last, length);
        scan.Run();
        // Beside a process that writes, a block in writing looks torn, and by the time what follows it is searched it may be whole
        // and the next one there.
        while (scan.Fault is not null && scan.FaultMayBeTear && scan.FindLaterBlock() is not null && scan.TryAgain())
        {
        }

        last.DurableLength = scan.Offset;
        last.AttachIndex(scan.Index);
        return new StoredLog(segments, scan.NextBlock, scan.Sequences, scan.ArrivalMs,
            scan.Fault is null ? null : JudgeTail(last, scan, length));
    }

    /// <summary>A block is written only after the one before it was synced. So bad bytes with nothing good after them are a write
    /// that was interrupted; with something good after them they were acknowledged once, and are damage.</summary>
    private static TornTail JudgeTail(Segment segment, SegmentScan scan, long length)
    {
        if (!scan.FaultMayBeTear)
            throw Damaged(segment, scan, "The block is intact, but not the one that belongs here.");
        if (scan.FindLaterBlock() is { } later)
            throw Damaged(segment, scan, string.Create(CultureInfo.InvariantCulture, $"A good block follows at offset {later}, so this is no interrupted write."));
        return new TornTail(segment.Path, scan.NextBlock, scan.Offset, length - scan.Offset, scan.Fault!);
    }

    private static LogCorruptException Damaged(Segment segment, SegmentScan scan, string why) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Log segment {segment.Path} is damaged at offset {scan.Offset}, block {scan.NextBlock}: {scan.Fault}. {why} Nothing was changed; restore the file from a copy."));
}
