using System.Buffers.Text;

namespace ClickFuncs.Local.Load;

/// <summary>Numbered, unsigned links <c>/c/clk_1</c>, <c>/c/clk_2</c>, ...: for a server that doesn't check them.</summary>
/// <param name="limit">How many links there are.</param>
internal sealed class SyntheticLinkSource(long limit = long.MaxValue) : ILinkSource
{
    private long _given;

    /// <inheritdoc/>
    public bool KnowsClickIds => true;

    /// <inheritdoc/>
    public bool TryNext(Span<byte> target, out int targetLength, Span<byte> clickId, out int clickIdLength)
    {
        targetLength = clickIdLength = 0;
        if (_given == limit)
            return false;
        _given++;
        "clk_"u8.CopyTo(clickId);
        Utf8Formatter.TryFormat(_given, clickId[4..], out var digits);
        clickIdLength = 4 + digits;
        "/c/"u8.CopyTo(target);
        clickId[..clickIdLength].CopyTo(target[3..]);
        targetLength = 3 + clickIdLength;
        return true;
    }
}
