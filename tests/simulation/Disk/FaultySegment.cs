using ClickFuncs.Local.Log;

namespace ClickFuncs.Simulation.Tests.Disk;

/// <summary>A segment file that knows how much of it is on stable storage.</summary>
internal sealed class FaultySegment : ISegmentSink
{
    private readonly FaultyDisk _disk;
    private readonly string _path;
    private readonly FileStream _file;
    private long _written;
    private long _synced;
    private bool _isCut;

    public FaultySegment(FaultyDisk disk, string path)
    {
        (_disk, _path) = (disk, path);
        _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _written = _synced = _file.Length;
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset)
    {
        (_written, _synced, _isCut) = (offset, Math.Min(_synced, offset), false);
        _file.Position = offset;
        foreach (var piece in pieces)
        {
            try
            {
                _disk.Operate();
            }
            catch
            {
                // A write that fails may have come to the file in part, with power gone as with no room.
                var part = _disk.PartOf(piece.Length);
                _file.Write(piece.Span[..part]);
                _written += part;
                throw;
            }

            _file.Write(piece.Span);
            _written += piece.Length;
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _disk.Operate();
        if (!_disk.LiesAboutSync)
            _synced = _written;
        _disk.Operate();
    }

    /// <inheritdoc/>
    public void Truncate(long length)
    {
        _disk.Operate();
        _file.SetLength(length);
        (_written, _synced, _isCut) = (Math.Min(_written, length), Math.Min(_synced, length), true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Leaves on the file what survived: everything that was synced, of the rest a part that may be damaged, and perhaps room behind it:
    /// zeros, as the log makes ahead.</summary>
    public void Settle(Random random)
    {
        _file.Dispose();
        using var file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var kept = SettleLoose(file, random);
        file.SetLength(_synced + kept);
        if (!_isCut && random.Next(3) == 0)
            file.SetLength(_synced + kept + random.Next(1, 3000));
    }

    private int SettleLoose(FileStream file, Random random)
    {
        var loose = (int)(_written - _synced);
        if (loose <= 0)
            return 0;
        if (random.Next(4) == 0)
            return loose;
        var kept = random.Next(loose + 1);
        if (kept > 0 && random.Next(2) == 0)
        {
            // A sector that was allocated but never written.
            var hole = random.Next(kept);
            file.Position = _synced + hole;
            file.Write(new byte[random.Next(1, kept - hole + 1)]);
        }

        return kept;
    }
}
