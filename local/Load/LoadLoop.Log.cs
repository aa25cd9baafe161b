using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Load;

internal sealed partial class LoadLoop
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "No connection to {Server}: trying again until the run ends.")]
    private partial void LogServerLost(Uri server);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "Connected again.")]
    private partial void LogServerBack();

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "First failed request: {Reason}. Further ones are only counted.")]
    private partial void LogFirstError(string reason);
}
