namespace ClickFuncs.Testing.State;

/// <summary>Thrown by a test's hook in place of the process dying at that step. Nothing in the product catches it.</summary>
public sealed class SimulatedCrashException(string step) : Exception($"The process died at step {step}.");
