using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Room in front of the writer: zeros at the end of the segment that are on the disk already. A block written over them needs no new space
/// from the file system, so its sync waits for the block alone, not for the file system's journal and for what others have in it.
/// Made beside the writer, which never waits for it unless it runs out of it. Nothing depends on it: without it a block makes the file longer. So when
/// it fails once, the segment gets no more: a full disk is not hammered, and is left to the blocks.
/// </summary>
/// <param name="disk">Where the segment lies.</param>
/// <param name="path">The segment.</param>
/// <param name="start">Where blocks end.</param>
/// <param name="segmentBytes">The file is not made longer than this.</param>
/// <param name="step">Bytes made at a time; 0: none.</param>
/// <param name="logger">Where it is told that there is no room.</param>
internal sealed partial class SegmentReserve(ILogDisk disk, string path, long start, long segmentBytes, int step, ILogger logger) : IDisposable
{
    private static readonly byte[] Zeros = new byte[64 * 1024];
    private readonly Lock _gate = new();
    // Not the writer's own handle: a failed sync is told once to each, and the writer must hear of its blocks.
    private ISegmentSink? _segment;
    private long _end = start;
    private bool _closed;
    private int _working;

    /// <summary>The writer is about to write up to here. What it writes beyond the zeros is kept from becoming zeros.</summary>
    public void Claim(long end)
    {
        if (end <= Volatile.Read(ref _end))
            return;
        lock (_gate)
            _end = Math.Max(_end, end);
    }

    /// <summary>Blocks end here now. If little room is left, more is made beside.</summary>
    public void Extend(long length)
    {
        if (Math.Min(length + step, segmentBytes) > Volatile.Read(ref _end) && Interlocked.Exchange(ref _working, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static reserve => reserve.Work(), this, preferLocal: false);
    }

    /// <summary>Cuts the file, and the zeros with it; durable when it returns.</summary>
    /// <param name="segment">The writer's handle.</param>
    /// <param name="length">Where blocks end.</param>
    public void Cut(ISegmentSink segment, long length)
    {
        lock (_gate)
        {
            segment.Truncate(length);
            _end = length;
        }
    }

    /// <summary>Makes no more, after what is being made.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _segment?.Dispose();
            _segment = null;
        }
    }

    // On a thread of the pool, where whatever is not caught ends the process.
    private void Work()
    {
        lock (_gate)
        {
            try
            {
                if (!_closed)
                    Make(Math.Min(_end + step, segmentBytes));
            }
            catch (Exception e)
            {
                _closed = true;
                LogNoRoom(e, path);
            }
        }

        Volatile.Write(ref _working, 0);
    }

    private void Make(long end)
    {
        _segment ??= disk.Open(path);
        // Piece by piece: the file system lets one write at a time into a file, and the writer is not to wait for a megabyte.
        for (var at = _end; at < end; at += Zeros.Length)
            _segment.Write([Zeros.AsMemory(0, (int)Math.Min(end - at, Zeros.Length))], at);
        _segment.Flush();
        Volatile.Write(ref _end, end);
    }

    [LoggerMessage(EventId = 3124, Level = LogLevel.Information, Message = "No room could be made at the end of log segment {Path}: until the next one, each block makes the file longer")]
    private partial void LogNoRoom(Exception cause, string path);
}
