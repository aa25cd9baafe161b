namespace ClickFuncs.Local.Log;

/// <summary>The rest of a group commit that a crash interrupted: nothing in it was ever acknowledged.</summary>
/// <param name="Path">Segment it lies in.</param>
/// <param name="Block">Number the block would have had.</param>
/// <param name="Offset">Where it starts in the segment.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record TornTail(string Path, long Block, long Offset, long Length, string Reason)
{
    /// <summary>Name under which the bytes are set aside as evidence.</summary>
    public string EvidenceName => FormattableString.Invariant($"torn-{Block}-{Offset}.bin");

    /// <summary>For the operator.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"Log segment {Path} ends with {Length} bytes of block {Block} at offset {Offset} whose write was interrupted ({Reason}); nothing in it was acknowledged.");
}
