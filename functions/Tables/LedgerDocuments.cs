using ClickFuncs.Ledger;

namespace ClickFuncs.Functions.Tables;

/// <summary>Where a journal stands, and what may be owed. Every post replaces it under its ETag.</summary>
/// <param name="Id">Id of every head.</param>
/// <param name="Pk">The journal's partition key.</param>
/// <param name="Count">Number of entries.</param>
/// <param name="Hash">Hash of the last one, hexadecimal.</param>
/// <param name="BalanceMicros">What is owed.</param>
/// <param name="LimitMicros">What may be owed; null for no limit.</param>
public sealed record LedgerHeadDocument(string Id, string Pk, long Count, string Hash, long BalanceMicros, long? LimitMicros);

/// <summary>Says in which pack entries of a click day, or without one, lie.</summary>
/// <param name="Id">The day, then the number of the pack's last entry.</param>
/// <param name="Pk">The journal's partition key.</param>
/// <param name="Last">Number of the pack's last entry.</param>
public sealed record LedgerMarkDocument(string Id, string Pk, long Last);

/// <summary>That there is a journal.</summary>
/// <param name="Id">The journal's partition key.</param>
/// <param name="Pk">Partition key of all of these.</param>
/// <param name="AdvertiserId">Who pays.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record JournalNameDocument(string Id, string Pk, string AdvertiserId, string Currency);

/// <summary>An entry as it stands in a pack.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Hash">Its hash, hexadecimal.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Posting">What was posted.</param>
public sealed record LedgerLine(long Sequence, string Hash, string Kind, LedgerPosting Posting);
