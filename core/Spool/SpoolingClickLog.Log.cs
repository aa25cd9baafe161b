using Microsoft.Extensions.Logging;

namespace ClickFuncs.Spool;

public sealed partial class SpoolingClickLog
{
    private void LogAway(Exception failure) => LogAway(_logger, failure);

    private void LogIsBack(long records) => LogIsBack(_logger, records);

    private void LogResumed(TimeSpan away) => LogResumed(_logger, away);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "The click log fails; clicks go to the spool until it is back.")]
    private static partial void LogAway(ILogger logger, Exception failure);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "The click log is back; {Records} events wait in the spool to be drained.")]
    private static partial void LogIsBack(ILogger logger, long records);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Warning, Message = "Clicks go to the click log again, after {Away}.")]
    private static partial void LogResumed(ILogger logger, TimeSpan away);
}
