using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Redirect;

public sealed partial class ClickIntake
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "A click could not be recorded and was answered 503.")]
    private static partial void LogNotRecorded(ILogger logger, Exception exception);
}
