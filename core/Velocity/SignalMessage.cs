namespace ClickFuncs.Velocity;

/// <summary>The signals of one commit, or a part of them. Whoever has seen its partition's version and part, or later ones, skips it.</summary>
/// <param name="Partition">Partition of the click log.</param>
/// <param name="Version">Last sequence number of the commit.</param>
/// <param name="Part">Which part, from 0.</param>
/// <param name="Signals">The signals. Borrowed from the commit unit until published.</param>
public readonly record struct SignalMessage(int Partition, long Version, int Part, ReadOnlyMemory<ClickSignal> Signals);
