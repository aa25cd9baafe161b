namespace ClickFuncs.Functions.Documents;

/// <summary>What a journal holds.</summary>
/// <param name="Token">Fencing token of its owner.</param>
/// <param name="Last">Number of the last entry.</param>
/// <param name="Snapshot">The newest snapshot; null without one.</param>
/// <param name="Entries">Entries after it, in order.</param>
public sealed record JournalState(long Token, long Last, ReadOnlyMemory<byte>? Snapshot, IReadOnlyList<ReadOnlyMemory<byte>> Entries);
