using ClickFuncs.Local.Log;

namespace ClickFuncs.Local.Tests.Log;

/// <summary>Real files behind faults that a test switches on.</summary>
internal sealed class FaultyDisk : ILogDisk
{
    private readonly FileDisk _files = new();

    /// <summary>Writes stop with an error after half of their bytes.</summary>
    public bool Full { get; set; }

    /// <summary>Cutting a file fails.</summary>
    public bool CannotCut { get; set; }

    /// <summary>Making a segment fails, after it got its name.</summary>
    public bool CannotCreate { get; set; }

    /// <summary>Room can't be made ahead: writes of zeros only fail.</summary>
    public bool NoRoom { get; set; }

    /// <summary>How often that was tried.</summary>
    public int RoomRefused { get; private set; }

    /// <summary>Syncs fail.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Syncs do nothing: for tests of many steps that are not about the disk.</summary>
    public bool SkipsSync { get; init; }

    /// <summary>Syncs wait for it.</summary>
    public ManualResetEventSlim SyncMayRun { get; } = new(initialState: true);

    public void Create(string path, ReadOnlySpan<byte> header)
    {
        if (SkipsSync)
            File.WriteAllBytes(path, header);
        else
            _files.Create(path, header);
        if (CannotCreate)
            throw new IOException("the folder can't be synced");
    }

    public ISegmentSink Open(string path) => new Sink(this, _files.Open(path));

    private sealed class Sink(FaultyDisk disk, ISegmentSink file) : ISegmentSink
    {
        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset)
        {
            if (disk.NoRoom && pieces.All(piece => !piece.Span.ContainsAnyExcept((byte)0)))
            {
                disk.RoomRefused++;
                throw new IOException("no space left on device");
            }

            if (!disk.Full)
            {
                file.Write(pieces, offset);
                return;
            }

            var all = pieces.SelectMany(p => p.ToArray()).ToArray();
            file.Write([all.AsMemory(0, all.Length / 2)], offset);
            throw new IOException("no space left on device");
        }

        public void Flush()
        {
            disk.SyncMayRun.Wait();
            if (disk.SyncFails)
                throw new IOException("input/output error");
            if (!disk.SkipsSync)
                file.Flush();
        }

        public void Truncate(long length)
        {
            if (disk.CannotCut)
                throw new IOException("the file can't be cut");
            file.Truncate(length);
        }

        public void Dispose() => file.Dispose();
    }
}
