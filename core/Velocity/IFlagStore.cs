namespace ClickFuncs.Velocity;

/// <summary>Port: the flags, durable, and where counting begins again. Only the newest owner can commit. Embedded: SQLite. Azure: Cosmos DB.</summary>
public interface IFlagStore
{
    /// <summary>Takes the flags over: every earlier owner's commits fail from now on. Gives what is committed.</summary>
    ValueTask<FlagState> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>Makes a commit durable, all or nothing.</summary>
    /// <exception cref="FlagsTakenOverException">Somebody else has taken over; nothing was written.</exception>
    ValueTask CommitAsync(long token, FlagCommit commit, CancellationToken cancellationToken);
}
