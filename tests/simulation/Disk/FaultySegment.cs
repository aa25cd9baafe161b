using ClickFuncs.Local.Log;

namespace ClickFuncs.Simulation.Tests.Disk;

/// <summary>A segment file that knows how much of it is on stable storage.</summary>
internal sealed class FaultySegment : ISegmentSink
{
    private readonly FaultyDisk _disk;
    private readonly string _path;
    private readonly FileStream _file;
    private long _synced;

    public FaultySegment(FaultyDisk disk, string path)
    {
        (_disk, _path) = (disk, path);
        _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _synced = _file.Length;
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset)
    {
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
                _file.Write(piece.Span[.._disk.PartOf(piece.Length)]);
                throw;
            }

            _file.Write(piece.Span);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _disk.Operate();
        if (!_disk.LiesAboutSync)
            _synced = _file.Length;
        _disk.Operate();
    }

    /// <inheritdoc/>
    public void Truncate(long length)
    {
        _disk.Operate();
        _file.SetLength(length);
        _synced = Math.Min(_synced, length);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Leaves on the file what survived: everything that was synced, and of the rest a part that may be damaged.</summary>
    public void Settle(Random random)
    {
        _file.Dispose();
        using var file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var loose = (int)(file.Length - _synced);
        if (loose <= 0 || random.Next(4) == 0)
            return;
        var kept = random.Next(loose + 1);
        if (kept > 0 && random.Next(2) == 0)
        {
            // A sector that was allocated but never written.
            var hole = random.Next(kept);
            file.Position = _synced + hole;
            file.Write(new byte[random.Next(1, kept - hole + 1)]);
        }

        file.SetLength(_synced + kept);
    }
}
