using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// Archives one partition from where the lake says it got to, file after file, until something fails; then the next session finds out anew. A crash
/// at any point leaves no part of a file, and the same records go into the next session's first one.
/// </summary>
/// <remarks>
/// Two writers of one partition: on one machine only the process that holds the log's lock archives it. Should another one do so all the
/// same, a file is not made if its name is taken or if it is not the next after this session's last one; what slips through between
/// that look and the naming overlaps, which <c>verify</c> and compaction find and refuse.
/// </remarks>
internal sealed class CaptureSession
{
    /// <summary>Bytes taken from the log at once.</summary>
    private const int ReadBytes = 1 << 20;

    private readonly int _partition;
    private readonly ILogReader _log;
    private readonly ILake _lake;
    private readonly CaptureCatalog _catalog;
    private readonly ArchiveOptions _options;
    private readonly FlushRequests _flushes;
    private readonly TimeProvider _time;
    private readonly RecordBatch _batch = new();
    private DateTimeOffset? _lastStart;

    private CaptureSession(int partition, ILogReader log, ILake lake, ArchiveOptions options, FlushRequests flushes, TimeProvider time)
    {
        (_partition, _log, _lake, _options, _flushes, _time) = (partition, log, lake, options, flushes, time);
        _catalog = new CaptureCatalog(lake, options.ToHub());
    }

    /// <summary>First record that is not archived.</summary>
    public long Next { get; private set; }

    /// <summary>Whether the archive was empty, and begins here.</summary>
    public bool IsFirst => _lastStart == null;

    /// <summary>Finds out where to go on.</summary>
    /// <exception cref="ArchiveGapException">Log and archive don't meet.</exception>
    public static async Task<CaptureSession> OpenAsync(
        int partition, ILogReader log, ILake lake, ArchiveOptions options, FlushRequests flushes, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = new CaptureSession(partition, log, lake, options, flushes, time);
        session._lastStart = (await session._catalog.FindNewestAsync(partition, cancellationToken))?.Path.Start;
        var archived = await ArchivePosition.FindNextAsync(session._catalog, partition, cancellationToken);
        session.Next = ArchivePosition.GoOn(partition, archived, log.GetRange(partition));
        return session;
    }

    /// <summary>
    /// Writes one file: until its interval or its size is full, somebody wants what is there to be archived, or it is time to stop. When it
    /// is time to stop and nothing has come, it makes none.
    /// </summary>
    /// <exception cref="LogGapException">The log has lost what is due.</exception>
    /// <exception cref="CaptureConflictException">Another writer was faster.</exception>
    /// <exception cref="OperationCanceledException">It was time to stop and there was nothing to write.</exception>
    public async Task WriteFileAsync(CancellationToken stopping)
    {
        var start = NextStart(_time.GetUtcNow(), _lastStart);
        var path = new CapturePath(_catalog.Hub, _partition, start).ToString();
        CaptureFileWriter? writer = null;
        // Once there is something to keep, stopping means closing the file, not dropping it.
        var isMade = await _lake.CreateAsync(
            path,
            async (stream, _) =>
            {
                writer = await CaptureFileWriter.CreateAsync(stream, _options.Codec, Next, CancellationToken.None);
                await FillAsync(writer, stopping);
                await writer.CompleteAsync(CancellationToken.None);
                await RequireSoleWriterAsync();
            },
            CancellationToken.None);
        if (!isMade)
            throw new CaptureConflictException($"{path} is there already: another process archives partition {_partition} too. Stop one of them.");
        ArchiveInstruments.Files.Add(1);
        ArchiveInstruments.Records.Add(writer!.NextSequence - Next);
        ArchiveInstruments.Bytes.Add(writer.Length);
        (Next, _lastStart) = (writer.NextSequence, start);
    }

    /// <summary>When the next file begins: now, in whole seconds, and after the one before, so that names ascend even if files fill up within
    /// a second or the clock was set back.</summary>
    public static DateTimeOffset NextStart(DateTimeOffset now, DateTimeOffset? last)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return last is { } before && start <= before ? before.AddSeconds(1) : start;
    }

    private async Task FillAsync(CaptureFileWriter writer, CancellationToken stopping)
    {
        for (var began = _time.GetTimestamp(); ;)
        {
            // Asked before reading: what was on the log by then is in the file.
            var rest = _options.Interval - _time.GetElapsedTime(began);
            var isOver = rest <= TimeSpan.Zero || _flushes.IsPending || stopping.IsCancellationRequested;
            await TakeAsync(writer);
            if (writer.NextSequence == Next)
                stopping.ThrowIfCancellationRequested();
            if (isOver || writer.Length >= _options.MaxFileBytes)
                return;
            await _flushes.WaitAsync(rest < _options.ReadInterval ? rest : _options.ReadInterval, _time, stopping);
        }
    }

    private async Task TakeAsync(CaptureFileWriter writer)
    {
        var end = _log.GetRange(_partition).Next;
        while (writer.NextSequence < end && writer.Length < _options.MaxFileBytes)
        {
            await _log.ReadAsync(_partition, writer.NextSequence, ReadBytes, _batch, CancellationToken.None);
            for (var i = 0; i < _batch.Count && writer.Length < _options.MaxFileBytes; i++)
            {
                writer.Add(_batch.Entries[i].Sequence, _batch.Entries[i].ArrivalMs, _batch.GetRecord(i));
                await writer.WriteFullBlockAsync(CancellationToken.None);
            }
        }
    }

    private async Task RequireSoleWriterAsync()
    {
        var newest = (await _catalog.FindNewestAsync(_partition, CancellationToken.None))?.Path;
        if (newest?.Start != _lastStart)
            throw new CaptureConflictException($"{newest} came in between: another process archives partition {_partition} too. Stop one of them.");
    }
}
