using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Writes blocks at the end of the log, one at a time: <see cref="Write"/>, <see cref="Sync"/>, then <see cref="Accept"/>; or
/// <see cref="Rollback"/> after a failure, which leaves the log as it was. Only the committer uses it.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private const int SmallPart = 8;
    private readonly SegmentCatalog _catalog;
    private readonly ILogDisk _disk;
    private readonly SegmentLogOptions _options;
    private readonly ILogger _logger;
    private readonly BlockEncoder _encoder = new();
    private readonly long[] _nextSequences;
    private ISegmentSink _sink;
    private SegmentReserve _reserve;
    private SegmentIndex _index;
    private long _length;
    private long _writtenArrivalMs;
    private bool _hasUnacceptedBytes;
    private bool _mustRoll;

    /// <summary>Goes on after <paramref name="stored"/>, whose tail is repaired.</summary>
    public SegmentWriter(StoredLog stored, SegmentCatalog catalog, ILogDisk disk, SegmentLogOptions options, ILogger logger)
    {
        (_catalog, _disk, _options, _logger) = (catalog, disk, options, logger);
        _nextSequences = stored.NextSequences.ToArray();
        (NextBlock, ArrivalMs, _length) = (stored.NextBlock, stored.ArrivalMs, catalog.Active.DurableLength);
        _index = catalog.Active.GetIndex();
        _sink = disk.Open(catalog.Active.Path);
        _reserve = ReserveOf(catalog.Active);
    }

    /// <summary>Number of the next block.</summary>
    public long NextBlock { get; private set; }

    /// <summary>Arrival of the newest block, milliseconds since the Unix epoch.</summary>
    public long ArrivalMs { get; private set; }

    /// <summary>Next sequence number of each partition.</summary>
    public ReadOnlySpan<long> NextSequences => _nextSequences;

    /// <summary>Writes the group as the next block, in a new segment if the current one is full. Not durable yet.</summary>
    /// <param name="group">At least one record.</param>
    /// <param name="nowMs">Wall clock; a clock that was set back does not take the log's arrival times back.</param>
    public void Write(RecordGroup group, long nowMs)
    {
        CutUnaccepted();
        _writtenArrivalMs = Math.Max(ArrivalMs, nowMs);
        _encoder.Encode(group, _catalog.Active.Header.Salt, NextBlock, _writtenArrivalMs, _nextSequences);
        if (_mustRoll || (_length + _encoder.Length > _options.SegmentBytes && _length > _catalog.Active.Header.Length))
            Roll();
        _hasUnacceptedBytes = true;
        _reserve.Claim(_length + _encoder.Length);
        _sink.Write(_encoder.Pieces, _length);
    }

    /// <summary>Returns when the block is on stable storage.</summary>
    public void Sync() => _sink.Flush();

    /// <summary>Makes the synced block part of the log and lets readers see its bytes.</summary>
    public void Accept(RecordGroup group)
    {
        _hasUnacceptedBytes = false;
        _index.Offer(_length, _nextSequences);
        for (var p = 0; p < _nextSequences.Length; p++)
            _nextSequences[p] += group.CountOf(p);
        _length += _encoder.Length;
        NextBlock++;
        ArrivalMs = _writtenArrivalMs;
        _catalog.Active.DurableLength = _length;
        // Room is worth its writing twice where many small groups follow each other and somebody waits for each.
        if (group.RecordCount > 1 && group.ByteCount <= _options.ReserveBytes / SmallPart)
            _reserve.Extend(_length);
    }

    /// <summary>Takes back what was written since the last <see cref="Accept"/>. If even that fails, it is done before the next
    /// write; and if the process ends before, opening finds a torn tail and cuts it.</summary>
    /// <returns>What made it fail, for the log.</returns>
    public Exception? Rollback()
    {
        try
        {
            CutUnaccepted();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reserve.Dispose();
        _sink.Dispose();
    }

    private void CutUnaccepted()
    {
        if (!_hasUnacceptedBytes)
            return;
        _reserve.Cut(_sink, _length);
        _hasUnacceptedBytes = false;
    }

    private void Roll()
    {
        // A half-made segment may already carry its final name. From here on only a completed roll may go on, never another
        // block in the old segment.
        _mustRoll = true;
        // What follows notes where this one ends.
        _reserve.Dispose();
        _reserve.Cut(_sink, _length);
        var previous = _catalog.Active;
        var header = new SegmentHeader(
            previous.Header.Salt, NextBlock, previous.Header.FirstBlock, _length, ArrivalMs, _nextSequences.ToArray());
        var path = Path.Combine(Path.GetDirectoryName(previous.Path)!, Segment.NameOf(NextBlock));
        _disk.Create(path, header.ToBytes());
        var sink = _disk.Open(path);
        _sink.Dispose();
        _sink = sink;
        _index = new SegmentIndex(header);
        _length = header.Length;
        var segment = new Segment(path, header, _length);
        segment.AttachIndex(_index);
        _catalog.Add(segment);
        _reserve = ReserveOf(segment);
        _mustRoll = false;
    }

    private SegmentReserve ReserveOf(Segment segment) => new(_disk, segment.Path, _length, _options.SegmentBytes, _options.ReserveBytes, _logger);
}
