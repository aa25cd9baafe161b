using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "Unhandled failure of {Method} {Path}, request {RequestId}.")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string method, string path, string requestId);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "Stored data are not what they should be ({Code}), so {Method} {Path}, request {RequestId}, has no answer. Run 'verify'.")]
    private static partial void LogStoredData(ILogger logger, Exception exception, string code, string method, string path, string requestId);
}
