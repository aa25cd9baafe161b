namespace ClickFuncs.Simulation.Tests.Disk;

/// <summary>The machine went off in the middle of this operation: whoever sees it has been dead for a moment already.</summary>
internal sealed class PowerLossException() : IOException("The machine lost power.");
