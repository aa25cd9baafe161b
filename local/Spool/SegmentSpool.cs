using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Spool;

/// <summary>
/// A spool on this machine's disk: a log of one partition, with its group commit, checksums and repair, and a position. Segments that
/// are drained are deleted.
/// </summary>
internal sealed class SegmentSpool : ISpool, IDisposable
{
    private readonly SegmentLog _log;
    private readonly SpoolPosition _position;
    private readonly string _directory;
    private readonly long _limit;
    private readonly RecordBatch _oldest = new();
    private readonly Lock _gate = new();
    private long _next;

    private SegmentSpool(SegmentLog log, SpoolPosition position, string directory, long limit) =>
        (_log, _position, _directory, _limit, _next) = (log, position, directory, limit, position.Next);

    /// <inheritdoc/>
    public SpoolSize Size => new(_log.GetRange(0).Next - Interlocked.Read(ref _next), _log.StoredBytes, _limit);

    /// <summary>Folder of the entries in a spool's folder.</summary>
    public static string RecordsOf(string directory) => Path.Combine(directory, "records");

    /// <summary>The file that says how far a spool is drained.</summary>
    public static string PositionOf(string directory) => Path.Combine(directory, "drained");

    /// <summary>Opens the spool of a folder, or makes it.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="time">Clock for arrival times.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="disk">Where segments are written; null: files.</param>
    /// <exception cref="LogException">Another process has it, or what it holds is damaged. It may hold acknowledged events, so nothing goes on without it.</exception>
    public static SegmentSpool Open(string directory, LocalSpoolOptions options, TimeProvider time, ILoggerFactory loggers, ILogDisk? disk = null)
    {
        var log = LogOpener.Open(
            new SegmentLogOptions
            {
                Directory = RecordsOf(directory), Name = "spool", PartitionCount = 1, SegmentBytes = options.SegmentBytes,
                // Whatever is drained may go.
                RetainBytes = 1,
            },
            time, loggers.CreateLogger<SegmentLog>(), disk);
        try
        {
            var position = SpoolPosition.Open(PositionOf(directory));
            if (Contradiction(directory, position.Next, log.GetRange(0)) is { } wrong)
            {
                position.Dispose();
                throw new LogCorruptException(wrong);
            }

            return new SegmentSpool(log, position, directory, options.MaxBytes);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Why position and entries can't belong together, as a sentence; null when they can.</summary>
    public static string? Contradiction(string directory, long next, LogRange range) => next < range.First || next > range.Next
        ? FormattableString.Invariant(
            $"The spool in {directory} is drained up to entry {next - 1}, but holds entries {range.First} to {range.Next - 1}: it has lost some. Restore the whole folder.")
        : null;

    /// <summary>When the oldest entry that waits was made durable, milliseconds since the Unix epoch; null when none waits.</summary>
    public long? FindOldestMs()
    {
        lock (_gate)
        {
            // Done when it returns: it reads on this thread.
            _log.ReadAsync(0, Interlocked.Read(ref _next), 1, _oldest, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return _oldest.Count == 0 ? null : _oldest.Entries[0].ArrivalMs;
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlySpan<byte> entry, CancellationToken cancellationToken)
    {
        if (_log.StoredBytes >= _limit)
            return ValueTask.FromException(new SpoolRefusedException(FormattableString.Invariant(
                $"The spool in {_directory} is at its limit of {_limit} bytes.")) { IsUntouched = true });
        return CompleteAsync(_log.AppendAsync(default, entry, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(int maxBytes, RecordBatch batch, CancellationToken cancellationToken) =>
        _log.ReadAsync(0, Interlocked.Read(ref _next), maxBytes, batch, cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence < Interlocked.Read(ref _next))
            return ValueTask.CompletedTask;
        try
        {
            _position.Write(sequence + 1);
            Interlocked.Exchange(ref _next, sequence + 1);
            _log.ApplyRetention([sequence + 1]);
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromException(new SpoolRefusedException($"The spool in {_directory} can't note what is drained: {e.Message}", e));
        }
    }

    private static async ValueTask CompleteAsync(ValueTask<LogPosition> append)
    {
        try
        {
            await append;
        }
        catch (LogException e)
        {
            throw new SpoolRefusedException(e.Message, e) { IsUntouched = e is LogOverloadedException };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _position.Dispose();
    }
}
