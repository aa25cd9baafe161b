using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>Checks every byte of a log and changes none. Run it on a log that is not being written: a block in writing looks torn.</summary>
internal static class LogVerifier
{
    private const int MostFindings = 100;

    /// <summary>Checks headers, checksums, block numbers and that sequences are contiguous over blocks and segments.</summary>
    /// <param name="directory">Folder of the segment files.</param>
    /// <param name="cancellationToken">Ends the check between two segments.</param>
    public static LogVerification Verify(string directory, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var segments = LoadSegments(directory, findings);
        TornTail? torn = null;
        var (blocks, records) = (0L, 0L);
        IReadOnlyList<long> sequences = [];
        for (var i = 0; i < segments.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var segment = segments[i];
            var scan = new SegmentScan(segment, segment.DurableLength);
            var next = i + 1 < segments.Count ? segments[i + 1].Header : null;
            torn = CheckBlocks(segment, scan, isLast: next is null, findings);
            if (scan.IsRoomLeft)
                segment.DurableLength = scan.Offset;
            if (next is not null && torn is null)
                CheckEnd(segment, scan, next, findings);
            (blocks, records, sequences) = (blocks + scan.Blocks, records + scan.Records, scan.Sequences);
        }

        return new LogVerification(
            findings, torn, TornTailRepair.EvidenceIn(directory), segments.Count, blocks, records, segments.Sum(s => s.DurableLength),
            sequences);
    }

    private static List<Segment> LoadSegments(string directory, List<string> findings)
    {
        var segments = new List<Segment>();
        foreach (var path in StoredLog.SegmentPaths(directory))
        {
            try
            {
                var segment = new Segment(path, SegmentHeader.Load(path), new FileInfo(path).Length);
                if (SegmentChain.FaultOf(segments.LastOrDefault(), segment) is { } fault)
                    findings.Add(fault);
                segments.Add(segment);
            }
            catch (LogCorruptException e)
            {
                findings.Add(e.Message);
            }
        }

        return segments;
    }

    /// <summary>Adds what is wrong in one segment, going on behind each damage as far as good blocks are found.</summary>
    private static TornTail? CheckBlocks(Segment segment, SegmentScan scan, bool isLast, List<string> findings)
    {
        scan.Run();
        while (scan.Fault is not null && findings.Count < MostFindings)
        {
            var later = scan.FaultMayBeTear ? scan.FindLaterBlock() : scan.Offset;
            if (later is null && isLast)
                return new TornTail(segment.Path, scan.NextBlock, scan.Offset, segment.DurableLength - scan.Offset, scan.Fault);
            findings.Add(FormattableString.Invariant(
                $"Log segment {segment.Path} is damaged at offset {scan.Offset}, block {scan.NextBlock}: {scan.Fault}."));
            if (later is null)
                return null;
            scan.ResumeAt(later.Value);
            scan.Run();
        }

        return null;
    }

    private static void CheckEnd(Segment segment, SegmentScan scan, SegmentHeader next, List<string> findings)
    {
        if (scan.Fault is null && scan.NextBlock != next.FirstBlock)
            findings.Add(FormattableString.Invariant(
                $"Log segment {segment.Path} ends before block {scan.NextBlock}, the next segment begins with block {next.FirstBlock}."));
        if (scan.Fault is null && !scan.Sequences.AsSpan().SequenceEqual(next.FirstSequences))
            findings.Add($"Log segment {segment.Path} ends at other sequence numbers than the next segment begins with.");
    }
}
