using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>A step of the velocity lane as it is stored.</summary>
/// <param name="Flags">Flags that are new or changed.</param>
/// <param name="ReadFrom">Position of the first message that may still matter.</param>
/// <param name="ForgetBeforeMs">Flags that ended at or before this are removed.</param>
public sealed record FlagEntry(IReadOnlyCollection<VelocityFlag> Flags, long ReadFrom, long ForgetBeforeMs);

/// <summary>The velocity lane's state as a snapshot has it.</summary>
/// <param name="Flags">The flags.</param>
/// <param name="ReadFrom">Position of the first message that may still matter.</param>
public sealed record FlagEntryState(IReadOnlyCollection<VelocityFlag> Flags, long ReadFrom);
