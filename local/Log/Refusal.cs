using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>Why the log takes no appends now.</summary>
/// <param name="Reason">A sentence for the operator.</param>
/// <param name="Cause">The failure behind it.</param>
/// <param name="RetryAt">Timestamp of the time provider from which the disk is tried again; null when it never is: the log must
/// be opened anew.</param>
internal sealed record Refusal(string Reason, Exception? Cause, long? RetryAt)
{
    /// <summary>As an exception for one caller.</summary>
    public LogUnavailableException ToException() => new(Reason, Cause);
}
