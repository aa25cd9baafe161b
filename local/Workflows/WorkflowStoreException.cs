namespace ClickFuncs.Local.Workflows;

/// <summary>The journal of workflows can't be opened; the message says why and what to do.</summary>
internal sealed class WorkflowStoreException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
