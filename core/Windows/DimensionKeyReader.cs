namespace ClickFuncs.Windows;

/// <summary>Walks the encoded form of a <see cref="DimensionKey"/> without allocating.</summary>
public ref struct DimensionKeyReader(ReadOnlySpan<byte> encoded)
{
    private ReadOnlySpan<byte> _rest = encoded;

    /// <summary>
    /// Reads the next dimension. <paramref name="index"/> counts in the order advertiser, campaign, ad group, ad,
    /// creative, currency, device, country, reason, from 0; absent ones are not visited.
    /// </summary>
    /// <exception cref="FormatException">The bytes are not a canonical key.</exception>
    public bool TryRead(out int index, out ReadOnlySpan<byte> value)
    {
        index = 0;
        value = default;
        if (_rest.IsEmpty)
            return false;
        var tag = _rest[0];
        if (tag is < DimensionKey.FirstTag or > DimensionKey.LastTag || (tag & 7) != 2)
            throw new FormatException($"A dimension key holds the unexpected tag 0x{tag:x2}.");
        var position = 1;
        uint length = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (position >= _rest.Length || shift > 28)
                throw new FormatException("A dimension key is cut short.");
            var b = _rest[position++];
            length |= (uint)(b & 0x7f) << shift;
            if (b < 0x80)
                break;
        }

        if (length > _rest.Length - position)
            throw new FormatException("A dimension key is cut short.");
        index = (tag - DimensionKey.FirstTag) >> 3;
        value = _rest.Slice(position, (int)length);
        _rest = _rest[(position + (int)length)..];
        return true;
    }
}
