namespace ClickFuncs.Batch.Workflows;

/// <summary>Thrown by an activity to say that trying again is no use: it fails for good at once, whatever its policy.</summary>
public class NonRetryableException(string message, Exception? inner = null) : Exception(message, inner);
