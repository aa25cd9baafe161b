namespace ClickFuncs.Spool;

/// <summary>What one step of draining came to.</summary>
public enum DrainStep
{
    /// <summary>Nothing waits in the spool.</summary>
    Empty,

    /// <summary>The log has not answered yet about events that were spooled meanwhile.</summary>
    Waiting,

    /// <summary>A batch is on the log and removed.</summary>
    Drained,
}
