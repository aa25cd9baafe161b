namespace ClickFuncs.Log;

/// <summary>A failure of the log; the subclasses say what to do about it.</summary>
public abstract class LogException : Exception
{
    /// <summary>With a sentence for the operator.</summary>
    protected LogException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>The log has as many appends waiting as it accepts. Shed load or try again; nothing was appended.</summary>
public sealed class LogOverloadedException(string message) : LogException(message);

/// <summary>The log can't be written (disk full, failed sync, shutting down).</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : LogException(message, inner);

/// <summary>Records that a reader needs are not retained any more: a gap. It is an alarm, never skipped.</summary>
public sealed class LogGapException(string message) : LogException(message);

/// <summary>Stored records fail their checksum or their sequence. Nothing is skipped; the message names file and offset.</summary>
public sealed class LogCorruptException(string message) : LogException(message);
