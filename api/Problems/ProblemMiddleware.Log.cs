using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "Unhandled failure of {Method} {Path}, request {RequestId}.")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string method, string path, string requestId);
}
