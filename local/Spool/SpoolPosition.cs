using System.Buffers.Binary;
using ClickFuncs.Local.Storage;
using ClickFuncs.Log;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Spool;

/// <summary>
/// How far a spool is drained, durably. The file has its full size from the beginning and is written in place, so that a full disk can't
/// keep a spool from being drained. Two slots in turns, each with a checksum: a torn write leaves the other one.
/// </summary>
internal sealed class SpoolPosition : IDisposable
{
    // A slot each, so that no sector holds both.
    private const int SlotBytes = 4096;
    private const int ContentBytes = 24;

    private readonly SafeFileHandle _file;
    private long _generation;

    private SpoolPosition(SafeFileHandle file, long generation, long next) => (_file, _generation, Next) = (file, generation, next);

    /// <summary>The oldest entry that is not drained.</summary>
    public long Next { get; private set; }

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="LogCorruptException">Neither slot is readable.</exception>
    public static SpoolPosition Open(string path)
    {
        if (!File.Exists(path))
        {
            var content = new byte[2 * SlotBytes];
            Encode(content, 0, 0);
            DurableFile.Replace(path, content);
        }

        var (generation, next) = Load(path);
        return new SpoolPosition(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read), generation, next);
    }

    /// <summary>Reads the position without changing anything; 0 when there is no file.</summary>
    /// <exception cref="LogCorruptException">Neither slot is readable.</exception>
    public static long Read(string path) => File.Exists(path) ? Load(path).Next : 0;

    /// <summary>Moves the position; durable when it returns.</summary>
    public void Write(long next)
    {
        var slot = new byte[ContentBytes];
        Encode(slot, _generation + 1, next);
        RandomAccess.Write(_file, slot, (_generation + 1) % 2 * SlotBytes);
        RandomAccess.FlushToDisk(_file);
        (_generation, Next) = (_generation + 1, next);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static (long Generation, long Next) Load(string path)
    {
        var content = File.ReadAllBytes(path);
        (long Generation, long Next)? newest = null;
        for (var at = 0; at + ContentBytes <= content.Length; at += SlotBytes)
        {
            if (TryDecode(content.AsSpan(at, ContentBytes), out var slot) && (newest is not { } known || slot.Generation > known.Generation))
                newest = slot;
        }

        return newest ?? throw new LogCorruptException($"The position of the spool, {path}, is damaged. Delete the file to drain everything in the spool once more: what is on the log already is counted as a duplicate.");
    }

    private static void Encode(Span<byte> slot, long generation, long next)
    {
        BinaryPrimitives.WriteInt64LittleEndian(slot, generation);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], next);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[16..], Crc32C.Of(slot[..16]));
        BinaryPrimitives.WriteUInt32LittleEndian(slot[20..], 0x4c4f4f50);
    }

    private static bool TryDecode(ReadOnlySpan<byte> slot, out (long Generation, long Next) content)
    {
        content = (BinaryPrimitives.ReadInt64LittleEndian(slot), BinaryPrimitives.ReadInt64LittleEndian(slot[8..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(slot[20..]) == 0x4c4f4f50
            && BinaryPrimitives.ReadUInt32LittleEndian(slot[16..]) == Crc32C.Of(slot[..16]);
    }
}
