namespace ClickFuncs.Budgets;

/// <summary>Port: what the partitions of the log have committed of campaigns' spend, in a log of its own (the second stage).</summary>
public interface ISpendSource
{
    /// <summary>Whether every recorded click is on the log. While some wait in a spool, what they spend is unknown, and where the log ends
    /// says nothing.</summary>
    bool IsAllLogged => true;

    /// <summary>For each partition of the click log the sequence number that the next record will get.</summary>
    long[] GetLogEnds();

    /// <summary>Reports after a position, a bounded number of them, each partition's in the order of its commits; the same may come again.</summary>
    /// <param name="after">Position of the last report that was read; -1 for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<SpendBatch> ReadAsync(long after, CancellationToken cancellationToken);

    /// <summary>Reports up to a position are durable in the spend and need not be kept.</summary>
    void Release(long through);
}
