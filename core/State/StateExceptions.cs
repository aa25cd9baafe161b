namespace ClickFuncs.State;

/// <summary>Somebody else owns the partition now. Drop the memory of it and stop; nothing was written.</summary>
public sealed class StaleOwnerException(int partition, long token)
    : Exception($"Partition {partition} was taken over by another owner; fencing token {token} is stale.");

/// <summary>The commit does not follow the committed position. Drop the memory of the partition and recover; nothing was written.</summary>
public sealed class CommitConflictException(string message) : Exception(message);

/// <summary>Stored state contradicts itself, fails its checksum or has a newer format. The message says which and what to do.</summary>
public sealed class StateCorruptException(string message) : Exception(message);
