namespace ClickFuncs.Batch.Archive;

/// <summary>Which records a capture file holds: sequence numbers from <paramref name="First"/> up to, not including, <paramref name="Next"/>.</summary>
/// <param name="First">Of its first record. Of an empty file the one that was due next, or null if its writer did not say.</param>
/// <param name="Next">One more than that of its last record; equal to <paramref name="First"/> when the file is empty.</param>
public readonly record struct CaptureRange(long? First, long? Next)
{
    /// <summary>Number of records; 0: nothing came in the file's interval.</summary>
    public long Count => Next - First ?? 0;

    /// <summary>Whether the file begins where the one before ended. An empty file whose writer did not say where it is fits anywhere.</summary>
    /// <param name="expected">Sequence number that is due; null in front of the first file, which may begin anywhere.</param>
    /// <returns>What is wrong, without a full stop; null if nothing is.</returns>
    public string? ProblemAfter(long? expected) =>
        expected == null || First == null || First == expected ? null
        : First > expected ? FormattableString.Invariant($"records {expected} to {First - 1} are missing before it")
        : FormattableString.Invariant($"it begins with record {First}, but the files before it already go up to {expected - 1}");
}
