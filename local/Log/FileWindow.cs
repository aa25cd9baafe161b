using ClickFuncs.Log;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Log;

/// <summary>A stretch of a file in memory. Reading forward through it costs one system call per window. Not thread-safe.</summary>
internal sealed class FileWindow
{
    private byte[] _bytes = [];
    private SafeFileHandle? _file;
    private string _path = "";
    private long _start;
    private int _count;

    /// <summary>Turns to another file and forgets the bytes of the one before.</summary>
    public void Open(SafeFileHandle file, string path) => (_file, _path, _count) = (file, path, 0);

    /// <summary>Forgets the bytes, so that they are read again.</summary>
    public void Forget() => _count = 0;

    /// <summary>The bytes from <paramref name="offset"/> on. Valid until the next call.</summary>
    /// <param name="offset">Place in the file.</param>
    /// <param name="length">Bytes wanted; they must end at or before <paramref name="end"/>.</param>
    /// <param name="end">Nothing at or after this place is read: it may still be in writing.</param>
    /// <param name="readAhead">When the disk has to be asked, ask for this much at once.</param>
    /// <exception cref="LogCorruptException">The file is shorter than <paramref name="end"/> says.</exception>
    public ReadOnlySpan<byte> Get(long offset, int length, long end, int readAhead)
    {
        if (offset < _start || offset + length > _start + _count)
            Fill(offset, length, (int)Math.Min(Math.Max(length, readAhead), end - offset));
        return _bytes.AsSpan((int)(offset - _start), length);
    }

    private void Fill(long offset, int length, int wanted)
    {
        if (_bytes.Length < wanted)
            _bytes = new byte[wanted];
        (_start, _count) = (offset, 0);
        while (_count < length)
        {
            var read = RandomAccess.Read(_file!, _bytes.AsSpan(_count, wanted - _count), offset + _count);
            if (read == 0)
                throw new LogCorruptException($"Log segment {_path} ends at offset {offset + _count}, inside what was made durable.");
            _count += read;
        }
    }
}
