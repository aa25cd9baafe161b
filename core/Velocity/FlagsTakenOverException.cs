namespace ClickFuncs.Velocity;

/// <summary>Somebody else keeps the flags now; nothing was written.</summary>
public sealed class FlagsTakenOverException(long token) : Exception($"The velocity flags were taken over by another owner; fencing token {token} is stale.");
