namespace ClickFuncs.Budgets;

/// <summary>
/// Port: what campaigns have spent, durable, with how far each partition of the log is in it. Both commit together, and only the
/// newest owner can commit. Embedded: SQLite. Azure: Cosmos DB.
/// </summary>
public interface ISpendStore
{
    /// <summary>Takes the spend over: every earlier owner's commits fail from now on. Gives what is committed.</summary>
    ValueTask<SpendState> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>Makes a commit durable, all or nothing.</summary>
    /// <param name="token">That of the state it was made from.</param>
    /// <param name="commit">What changed.</param>
    /// <param name="cancellationToken">Stops it before it begins.</param>
    /// <exception cref="SpendTakenOverException">Somebody else has taken over; nothing was written.</exception>
    ValueTask CommitAsync(long token, SpendCommit commit, CancellationToken cancellationToken);
}
