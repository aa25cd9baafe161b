using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Redirect.Wire;

internal sealed partial class ClickListener
{
    [LoggerMessage(EventId = 1011, Level = LogLevel.Error, Message = "A connection failed in an unforeseen way and was closed.")]
    internal partial void LogConnectionFailed(Exception exception);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Warning, Message = "A connection could not be accepted; the next one is tried.")]
    private partial void LogNotAccepted(Exception exception);
}
