namespace ClickFuncs.Velocity;

/// <summary>
/// Clicks by identity and step of time, for one stretch of time: an open-addressing table of chains, which grows to a fixed size. When that is
/// nearly full, a place is only given to identities of which a count-min sketch has seen several clicks; the others are only in the sketch.
/// So a count may be too low in a flood, and never too high. Not thread-safe.
/// </summary>
internal sealed class CountGeneration(int maxSlots, int admitAt)
{
    private const int SketchCells = 1 << 22;
    private const int FirstSlots = 1 << 10;

    private ulong[] _identities = new ulong[FirstSlots];
    private int[] _heads = new int[FirstSlots];
    private (int Step, int Count, int Next)[] _nodes = new (int, int, int)[FirstSlots * 3 / 4];
    private byte[]? _sketch;
    private int _used;

    /// <summary>Which stretch of time it counts.</summary>
    public long Number { get; private set; } = long.MinValue;

    /// <summary>Bytes it takes now.</summary>
    public long Bytes => (_identities.LongLength * 12) + (_nodes.LongLength * 12) + (_sketch?.LongLength ?? 0);

    /// <summary>Bytes it may come to.</summary>
    public static long BytesOf(int maxSlots) => (maxSlots * 21L) + (2 * SketchCells);

    /// <summary>Begins anew with another stretch of time.</summary>
    public void Begin(long number)
    {
        Array.Clear(_heads);
        if (_used > 0)
            _sketch?.AsSpan().Clear();
        (_used, Number) = (0, number);
    }

    /// <summary>Counts one click; false when there was no place for it.</summary>
    public bool TryAdd(ulong identity, int step)
    {
        var slot = Find(identity);
        for (var node = _heads[slot] - 1; node >= 0; node = _nodes[node].Next - 1)
        {
            if (_nodes[node].Step != step)
                continue;
            _nodes[node].Count++;
            return true;
        }

        if (_used == _nodes.Length && !TryGrow())
            return false;
        if (_used >= maxSlots / 4 * 3 / 8 * 7 && !IsAdmitted(identity))
            return false;
        slot = Find(identity);
        _nodes[_used++] = (step, 1, _heads[slot]);
        (_identities[slot], _heads[slot]) = (identity, _used);
        return true;
    }

    /// <summary>Adds an identity's clicks to counts by step, beginning at a step; what lies outside is left out.</summary>
    public void AddTo(Span<int> counts, ulong identity, long firstStep)
    {
        for (var node = _heads[Find(identity)] - 1; node >= 0; node = _nodes[node].Next - 1)
        {
            var at = _nodes[node].Step - firstStep;
            if (at >= 0 && at < counts.Length)
                counts[(int)at] += _nodes[node].Count;
        }
    }

    // Pseudonyms are keyed hashes: their bits are as good as any mixing, and nobody can aim at a slot.
    private int Find(ulong identity)
    {
        var mask = _identities.Length - 1;
        var slot = (int)(identity >> 20) & mask;
        while (_heads[slot] != 0 && _identities[slot] != identity)
            slot = (slot + 1) & mask;
        return slot;
    }

    private bool TryGrow()
    {
        var (identities, heads) = (_identities, _heads);
        if (identities.Length >= maxSlots)
            return false;
        _identities = new ulong[identities.Length * 2];
        _heads = new int[_identities.Length];
        Array.Resize(ref _nodes, _identities.Length * 3 / 4);
        for (var i = 0; i < heads.Length; i++)
        {
            if (heads[i] == 0)
                continue;
            var slot = Find(identities[i]);
            (_identities[slot], _heads[slot]) = (identities[i], heads[i]);
        }

        return true;
    }

    private bool IsAdmitted(ulong identity)
    {
        _sketch ??= new byte[2 * SketchCells];
        ref var first = ref _sketch[(int)identity & (SketchCells - 1)];
        ref var second = ref _sketch[SketchCells + ((int)(identity >> 32) & (SketchCells - 1))];
        var seen = Math.Min(first, second);
        if (seen >= admitAt)
            return true;
        // Only the lower one: what others added to the higher one says nothing of this identity.
        if (first == seen)
            first++;
        if (second == seen)
            second++;
        return false;
    }
}
