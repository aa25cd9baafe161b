namespace ClickFuncs.Bench.Torture;

/// <summary>A promise was broken; the message says which.</summary>
internal sealed class TortureException(string message) : Exception(message);
