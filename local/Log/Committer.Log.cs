using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Log;

internal sealed partial class Committer
{
    [LoggerMessage(EventId = 3120, Level = LogLevel.Error, Message = "The click log in {Directory} could not be written; appends are refused for {RetryDelay}, then it is tried again")]
    private partial void LogWriteFailed(Exception cause, string directory, TimeSpan retryDelay);

    [LoggerMessage(EventId = 3121, Level = LogLevel.Information, Message = "The click log in {Directory} is written again")]
    private partial void LogRecovered(string directory);

    [LoggerMessage(EventId = 3122, Level = LogLevel.Critical, Message = "The click log in {Directory} takes no more appends until it is opened anew")]
    private partial void LogBroken(Exception cause, string directory);

    [LoggerMessage(EventId = 3123, Level = LogLevel.Warning, Message = "An incomplete block could not be cut off the click log in {Directory} yet; it is before the next write, or when the log is opened")]
    private partial void LogRollbackFailed(Exception cause, string directory);
}
