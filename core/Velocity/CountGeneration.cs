using System.Runtime.InteropServices;

namespace ClickFuncs.Velocity;

/// <summary>
/// Clicks by identity and step of time, for one stretch of time: a table of chains, which grows to a fixed size. When that is
/// nearly full, a place is only given to identities of which a count-min sketch has seen several clicks; the others are only in the sketch.
/// So a count may be too low in a flood, and never too high. Nodes are never copied, so growing takes no more than what is there afterwards
/// and the few bytes of the smaller tables before. Not thread-safe.
/// </summary>
internal sealed class CountGeneration(int maxSlots, int admitAt)
{
    private const int SketchCells = 1 << 22;
    private const int FirstSlots = 1 << 10;
    private const int Growth = 4;
    private const int NodeBytes = 20;
    private const int ChunkBits = 12;
    private const int ChunkNodes = 1 << ChunkBits;

    private readonly List<Node[]> _chunks = [];
    private int[] _heads = new int[FirstSlots];
    private byte[]? _sketch;
    private int _used;

    /// <summary>Which stretch of time it counts.</summary>
    public long Number { get; private set; } = long.MinValue;

    /// <summary>Bytes it takes now.</summary>
    public long Bytes => (_heads.LongLength * sizeof(int)) + (_chunks.Count * (long)ChunkNodes * NodeBytes) + (_sketch?.LongLength ?? 0);

    /// <summary>Bytes it may come to, the smaller tables that it grew out of included, whether or not they were collected yet.</summary>
    public static long BytesOf(int maxSlots) =>
        ((maxSlots + (maxSlots / 3 * 2) + FirstSlots) * (long)sizeof(int)) + ((NodesOf(maxSlots) + ChunkNodes) * (long)NodeBytes) + (2 * SketchCells);

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
        for (var node = _heads[Slot(identity)] - 1; node >= 0;)
        {
            ref var at = ref NodeAt(node);
            if (at.Identity == identity && at.Step == step)
            {
                at.Count++;
                return true;
            }

            node = at.Next - 1;
        }

        if (_used == NodesOf(_heads.Length) && !TryGrow())
            return false;
        if (_used >= NodesOf(maxSlots) / 8 * 7 && !IsAdmitted(identity))
            return false;
        if (_used == _chunks.Count * ChunkNodes)
            _chunks.Add(new Node[ChunkNodes]);
        ref var head = ref _heads[Slot(identity)];
        NodeAt(_used++) = new Node(identity, step, 1, head);
        head = _used;
        return true;
    }

    /// <summary>Adds an identity's clicks to counts by step, beginning at a step; what lies outside is left out.</summary>
    public void AddTo(Span<int> counts, ulong identity, long firstStep)
    {
        for (var node = _heads[Slot(identity)] - 1; node >= 0;)
        {
            ref var found = ref NodeAt(node);
            var at = found.Step - firstStep;
            if (found.Identity == identity && at >= 0 && at < counts.Length)
                counts[(int)at] += found.Count;
            node = found.Next - 1;
        }
    }

    private static int NodesOf(int slots) => slots / 4 * 3;

    // Pseudonyms are keyed hashes: their bits are as good as any mixing, and nobody can aim at a slot.
    private int Slot(ulong identity) => (int)(identity >> 20) & (_heads.Length - 1);

    private ref Node NodeAt(int node) => ref _chunks[node >> ChunkBits][node & (ChunkNodes - 1)];

    private bool TryGrow()
    {
        if (_heads.Length >= maxSlots)
            return false;
        _heads = new int[(int)Math.Min((long)_heads.Length * Growth, maxSlots)];
        for (var node = 0; node < _used; node++)
        {
            ref var moved = ref NodeAt(node);
            ref var head = ref _heads[Slot(moved.Identity)];
            (moved.Next, head) = (head, node + 1);
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

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private record struct Node(ulong Identity, int Step, int Count, int Next);
}
