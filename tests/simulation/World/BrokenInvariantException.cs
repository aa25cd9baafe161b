namespace ClickFuncs.Simulation.Tests.World;

/// <summary>A promise of the system was broken; the message says which, and the seed that shows it again.</summary>
internal sealed class BrokenInvariantException(string message) : Exception(message);
