using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Recount;

public sealed partial class BucketRecount
{
    [LoggerMessage(6311, LogLevel.Information, "Counted {Path}: {Events} events into {Rows} rows, in {Shares} shares, {Milliseconds:F0} ms.")]
    private partial void LogCounted(string path, long events, long rows, int shares, double milliseconds);

    [LoggerMessage(6312, LogLevel.Warning, "{Copies} events of {Day}, bucket {Bucket}, repeat ids that came back all the time for {Days} days. Truth is exact; whether the stream still remembered them is a guess, and a wrong one shows as unexplained.")]
    private partial void LogUnsure(long copies, DateOnly day, int bucket, int days);
}
