namespace ClickFuncs.Log;

/// <summary>What a partition holds: sequence numbers from <paramref name="First"/> up to, not including, <paramref name="Next"/>.</summary>
/// <param name="First">Oldest sequence number still retained.</param>
/// <param name="Next">Sequence number the next append will get; equal to <paramref name="First"/> when the partition is empty.</param>
public readonly record struct LogRange(long First, long Next)
{
    /// <summary>Number of records retained.</summary>
    public long Count => Next - First;
}
