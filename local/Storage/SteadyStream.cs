using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Storage;

/// <summary>
/// Writes a large file so that others' syncs don't wait for it: after each megabyte it waits until that is written, so the system never holds much more of it
/// than that. The file is not durable before it is flushed to the disk.
/// </summary>
/// <param name="file">The file, at its beginning. Disposed with the stream.</param>
internal sealed class SteadyStream(SafeFileHandle file) : Stream
{
    /// <summary>Bytes that are written at a time, however many come at once.</summary>
    public const int Step = 1 << 20;

    private readonly FileStream _stream = new(file, FileAccess.Write);
    private long _settled;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _stream.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _stream.Position;
        set => _stream.Position = value;
    }

    /// <summary>Makes everything durable.</summary>
    public void FlushToDisk() => _stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public override void Flush() => _stream.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _stream.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is only written.");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => _stream.Seek(offset, origin);

    /// <inheritdoc/>
    public override void SetLength(long value) => _stream.SetLength(value);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (; buffer.Length > Step; buffer = buffer[Step..])
        {
            _stream.Write(buffer[..Step]);
            Settle();
        }

        _stream.Write(buffer);
        Settle();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; buffer.Length > Step; buffer = buffer[Step..])
        {
            await _stream.WriteAsync(buffer[..Step], cancellationToken).ConfigureAwait(false);
            Settle();
        }

        await _stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Settle();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }

    // What the stream still buffers goes with the next megabyte; what is written again further up, with the flush.
    private void Settle()
    {
        var end = _stream.Position;
        if (end - _settled < Step)
            return;
        DataSync.Settle(file, _settled, end - _settled);
        _settled = end;
    }
}
