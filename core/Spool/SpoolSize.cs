namespace ClickFuncs.Spool;

/// <summary>What a spool holds.</summary>
/// <param name="Records">Entries that wait to be drained.</param>
/// <param name="Bytes">Bytes that the spool takes, drained entries not yet deleted included. The limit is on these.</param>
/// <param name="LimitBytes">Bytes at which it refuses.</param>
public readonly record struct SpoolSize(long Records, long Bytes, long LimitBytes);
