using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.State;

internal sealed partial class SqlitePartitionStateStore
{
    [LoggerMessage(4001, LogLevel.Debug, "Partition {Partition} acquired by {Owner} with fencing token {Token}")]
    private partial void LogAcquired(int partition, string owner, long token);

    [LoggerMessage(4002, LogLevel.Debug, "Partition {Partition} has a snapshot as of {Sequence}, {Bytes} bytes")]
    private partial void LogSnapshot(int partition, long sequence, int bytes);

    [LoggerMessage(4003, LogLevel.Debug, "Partition {Partition}: {Count} superseded snapshot files removed")]
    private partial void LogRemoved(int partition, int count);

    [LoggerMessage(4004, LogLevel.Warning, "Partition {Partition}: superseded snapshot files could not be removed; they only take space")]
    private partial void LogNotRemoved(IOException failure, int partition);
}
