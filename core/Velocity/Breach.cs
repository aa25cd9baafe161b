namespace ClickFuncs.Velocity;

/// <summary>Steps of time at which an identity clicked more often than allowed.</summary>
/// <param name="FirstMs">Start of the first such step, milliseconds since the Unix epoch.</param>
/// <param name="LastMs">Start of the last one.</param>
/// <param name="Peak">Most clicks within one window.</param>
public readonly record struct Breach(long FirstMs, long LastMs, int Peak);
