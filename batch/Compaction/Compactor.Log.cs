using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Compaction;

public sealed partial class Compactor
{
    [LoggerMessage(6301, LogLevel.Information, "Compacted {Records} records of slice {Slice} into part {Part}: {Undecoded} of them undecoded, {Files} files, written in {Milliseconds:F0} ms.")]
    private partial void LogPart(string slice, int part, long records, long undecoded, int files, double milliseconds);

    [LoggerMessage(6302, LogLevel.Warning, "Part {Part} of slice {Slice} was made by another owner meanwhile; this one's files are left unused. Two compactions of one slice only cost each other time.")]
    private partial void LogPartTaken(string slice, int part);
}
