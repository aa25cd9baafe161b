namespace ClickFuncs.Local.Smoke;

/// <summary>The system did not do what it is for. The message says which step, what it answered, and what to look at.</summary>
internal sealed class SmokeFailedException(string message) : InvalidOperationException(message);
