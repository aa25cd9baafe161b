namespace ClickFuncs.Velocity;

/// <summary>One step of the velocity lane. Everything is absolute: committing it again changes nothing.</summary>
/// <param name="Flags">Flags that are new or changed; each replaces the identity's former one.</param>
/// <param name="ReadFrom">Position of the first message whose clicks may still matter.</param>
/// <param name="ForgetBeforeMs">Flags that ended at or before this are removed.</param>
public sealed record FlagCommit(IReadOnlyCollection<VelocityFlag> Flags, long ReadFrom, long ForgetBeforeMs);
