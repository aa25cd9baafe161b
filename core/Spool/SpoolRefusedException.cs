using ClickFuncs.Log;

namespace ClickFuncs.Spool;

/// <summary>The spool can't take an entry, or can't note that entries are drained: it is at its limit, or its disk fails.</summary>
public sealed class SpoolRefusedException(string message, Exception? inner = null) : LogException(message, inner)
{
    /// <summary>Whether it is certain that nothing was written. Only then may the event go elsewhere: else it would be in two places, and
    /// nobody would know to look.</summary>
    public bool IsUntouched { get; init; }
}
