using System.Buffers;
using System.IO.Pipelines;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// Reads some bytes, and then another reader. Whoever needs more than the bytes before taking any of them gets both in one piece: what the other has is copied
/// behind them, until all of them are taken. How much that can be is the consumer's rule, here the web server's for the length of a head.
/// </summary>
internal sealed class ReadAheadReader(byte[] ahead, PipeReader rest) : PipeReader
{
    private ReadOnlySequence<byte> _ahead = new(ahead);
    private bool _needsMore;
    private bool _isLast;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_ahead.IsEmpty)
            return rest.ReadAsync(cancellationToken);
        return _needsMore && !_isLast ? JoinAsync(cancellationToken) : new(new ReadResult(_ahead, isCanceled: false, _isLast));
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (_ahead.IsEmpty)
            return rest.TryRead(out result);
        if (!_needsMore || _isLast)
        {
            result = new ReadResult(_ahead, isCanceled: false, _isLast);
            return true;
        }

        if (!rest.TryRead(out result))
            return false;
        result = Join(result);
        return true;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_ahead.IsEmpty)
        {
            rest.AdvanceTo(consumed, examined);
            return;
        }

        _needsMore = _ahead.Slice(examined).IsEmpty;
        _ahead = _ahead.Slice(consumed);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => rest.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => rest.Complete(exception);

    private async ValueTask<ReadResult> JoinAsync(CancellationToken cancellationToken) => Join(await rest.ReadAsync(cancellationToken));

    // The other's bytes are taken from it, so that it may be asked for more.
    private ReadResult Join(in ReadResult more)
    {
        var joined = new byte[_ahead.Length + more.Buffer.Length];
        _ahead.CopyTo(joined);
        more.Buffer.CopyTo(joined.AsSpan((int)_ahead.Length));
        rest.AdvanceTo(more.Buffer.End);
        _ahead = new ReadOnlySequence<byte>(joined);
        _isLast = more.IsCompleted;
        return new ReadResult(_ahead, more.IsCanceled, more.IsCompleted);
    }
}
