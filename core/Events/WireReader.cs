using System.Runtime.CompilerServices;

namespace ClickFuncs.Events;

/// <summary>Walks Protobuf fields in a span. Every method returns false instead of reading past the end.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Offset of the next unread byte.</summary>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position >= _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        var at = Position;
        for (var shift = 0; shift < 70 && at < _bytes.Length; shift += 7)
        {
            var b = _bytes[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                Position = at;
                return shift < 63 || b <= 1;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        if (!TryReadVarint(out var length) || length > (ulong)(_bytes.Length - Position))
        {
            value = default;
            return false;
        }

        value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>Skips the value of a field this version does not know. Groups are refused: no writer of ours makes them.</summary>
    public EventDefect Skip(uint tag)
    {
        switch (tag & 7)
        {
            case 0: return TryReadVarint(out _) ? EventDefect.None : EventDefect.Truncated;
            case 1: return TryAdvance(8);
            case 2: return TryReadBytes(out _) ? EventDefect.None : EventDefect.Truncated;
            case 5: return TryAdvance(4);
            default: return EventDefect.BadField;
        }
    }

    private EventDefect TryAdvance(int count)
    {
        if (count > _bytes.Length - Position)
            return EventDefect.Truncated;
        Position += count;
        return EventDefect.None;
    }
}
