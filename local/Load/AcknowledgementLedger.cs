namespace ClickFuncs.Local.Load;

/// <summary>
/// The click ids whose 302 was read to its last byte, one a line. What stands here the server must never lose; what is
/// missing here it may have counted or not.
/// </summary>
internal sealed class AcknowledgementLedger(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);
    private bool _pending;

    /// <summary>Notes one acknowledged click.</summary>
    public void Add(ReadOnlySpan<byte> clickId)
    {
        _file.Write(clickId);
        _file.WriteByte((byte)'\n');
        _pending = true;
    }

    /// <summary>Hands what was noted to the operating system, so that it outlives this process.</summary>
    public void Flush()
    {
        if (!_pending)
            return;
        _file.Flush();
        _pending = false;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
