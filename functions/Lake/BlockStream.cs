using Azure.Storage.Blobs.Specialized;

namespace ClickFuncs.Functions.Lake;

/// <summary>Sends what is written as blocks that nobody sees until their list is committed. Memory: one block.</summary>
internal sealed class BlockStream(BlockBlobClient blob, CancellationToken cancellationToken) : Stream
{
    /// <summary>Bytes of a block. 50,000 blocks are allowed: 400 GB.</summary>
    public const int BlockBytes = 8 * 1024 * 1024;

    // Two writers of one path must not send blocks of one name.
    private readonly Guid _writer = Guid.NewGuid();
    private readonly MemoryStream _block = new();
    private readonly List<string> _blocks = [];

    /// <summary>Names of the blocks that were sent, in order.</summary>
    public IReadOnlyList<string> Blocks => _blocks;

    /// <summary>What was written since the last block.</summary>
    public ReadOnlyMemory<byte> Rest => _block.GetBuffer().AsMemory(0, (int)_block.Length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, BlockBytes - (int)_block.Length);
            _block.Write(buffer.Span[..taken]);
            buffer = buffer[taken..];
            if (_block.Length == BlockBytes)
                await SendAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Whoever writes without waiting blocks here: the pace is the network's.
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
        // A block that is not full is sent when the file is complete.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left as the last block.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_block.Length == 0)
            return;
        var name = new byte[20];
        _writer.TryWriteBytes(name);
        BitConverter.TryWriteBytes(name.AsSpan(16), _blocks.Count);
        var id = Convert.ToBase64String(name);
        _block.Position = 0;
        await blob.StageBlockAsync(id, _block, cancellationToken: cancellationToken);
        _blocks.Add(id);
        _block.SetLength(0);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _block.Dispose();
        base.Dispose(disposing);
    }
}
