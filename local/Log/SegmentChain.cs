namespace ClickFuncs.Local.Log;

/// <summary>What must hold between a segment's header, its name and the segment before it.</summary>
internal static class SegmentChain
{
    /// <summary>What is wrong with <paramref name="segment"/>, as a sentence; null when it follows properly.</summary>
    /// <param name="previous">The segment file before it; null for the oldest, whose predecessors retention may have deleted.</param>
    /// <param name="segment">The segment to judge.</param>
    public static string? FaultOf(Segment? previous, Segment segment)
    {
        var header = segment.Header;
        if (Path.GetFileName(segment.Path) != Segment.NameOf(header.FirstBlock))
            return FormattableString.Invariant($"Log segment {segment.Path} begins with block {header.FirstBlock}: it was renamed.");
        if (previous is null)
            return null;
        if (header.Salt != previous.Header.Salt || header.PartitionCount != previous.Header.PartitionCount)
            return $"Log segments {previous.Path} and {segment.Path} belong to different logs.";
        if (header.PreviousFirstBlock != previous.Header.FirstBlock)
            return $"A log segment is missing: {Segment.NameOf(header.PreviousFirstBlock)}, between {previous.Path} and {segment.Path}.";
        if (header.PreviousLength != previous.DurableLength)
            return FormattableString.Invariant($"Log segment {previous.Path} has {previous.DurableLength} bytes, it was closed with {header.PreviousLength}.");
        return null;
    }
}
