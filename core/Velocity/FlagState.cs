namespace ClickFuncs.Velocity;

/// <summary>What is committed of the velocity lane.</summary>
/// <param name="Token">The fencing token that the taking over gave.</param>
/// <param name="ReadFrom">Position of the first message whose clicks may still matter: counting begins again there.</param>
/// <param name="Flags">The flags.</param>
public sealed record FlagState(long Token, long ReadFrom, IReadOnlyList<VelocityFlag> Flags);
