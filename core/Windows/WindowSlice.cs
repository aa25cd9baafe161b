using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ClickFuncs.Windows;

/// <summary>
/// One open tumbling window of a partition: its keys and counts. Self-contained, so that closing a window is forgetting
/// one object and nothing has to be collected key by key. Cells are numbered in order of first sight; the numbers are
/// part of the delta encoding.
/// </summary>
internal sealed class WindowSlice
{
    private const int InitialIndexSize = 64;

    private ulong[] _index = new ulong[InitialIndexSize]; // High half of the key's hash, then cell number + 1; 0 is empty.
    private WindowCell[] _cells = new WindowCell[InitialIndexSize / 2];
    private byte[] _keyBytes = new byte[1024];
    private int _keyByteCount;
    private int[] _changed = new int[InitialIndexSize / 2];
    private int _changedCount;

    /// <summary>Start of the window in minutes since the Unix epoch.</summary>
    public long Minute { get; private set; } = -1;

    public int Count { get; private set; }

    /// <summary>Cells that earlier commit units know already: higher numbers are new in the one being made.</summary>
    public int CommittedCount { get; private set; }

    /// <summary>Numbers of the cells changed since the last commit unit.</summary>
    public ReadOnlySpan<int> Changed => _changed.AsSpan(0, _changedCount);

    /// <summary>The cells' spend by campaign, as of the last <see cref="MarkCommitted"/>.</summary>
    public SpendGroups Spend { get; } = new();

    public ref WindowCell this[int cell] => ref _cells[cell];

    public ReadOnlySpan<byte> GetKey(int cell) => _keyBytes.AsSpan(_cells[cell].KeyOffset, _cells[cell].KeyLength);

    /// <summary>Makes it an empty window of another minute; the memory is kept.</summary>
    public void Reset(long minute)
    {
        if (Count > 0)
            Array.Clear(_index);
        Spend.Reset();
        (Minute, Count, CommittedCount, _changedCount, _keyByteCount) = (minute, 0, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported)
        {
            unsafe
            {
                // A prefetch of an address that has moved meanwhile is harmless.
                Sse.Prefetch0(Unsafe.AsPointer(ref _index[hash & (ulong)(_index.Length - 1)]));
            }
        }
    }

    /// <summary>The number of a cell whose key has this hash, most likely the right one; -1 when there is none. Starts loading it.</summary>
    public int Candidate(ulong hash)
    {
        var index = _index;
        var mask = (ulong)(index.Length - 1);
        var at = hash & mask;
        while (true)
        {
            var slot = index[at];
            if (slot == 0)
                return -1;
            if (((slot ^ hash) >> 32) == 0)
            {
                var number = (int)(uint)slot - 1;
                PrefetchCell(number);
                return number;
            }

            at = (at + 1) & mask;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchCell(int number)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _cells[number]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchKey(int number)
    {
        if (!Sse.IsSupported)
            return;
        var key = (byte*)Unsafe.AsPointer(ref _keyBytes[_cells[number].KeyOffset]);
        Sse.Prefetch0(key);
        Sse.Prefetch0(key + 64);
    }

    /// <summary>The counts of the key, made if there are none, put on the list of changed cells.</summary>
    /// <param name="key">The encoded key.</param>
    /// <param name="hash">Its <see cref="KeyHash"/>.</param>
    /// <param name="candidate">What <see cref="Candidate"/> said, now or earlier; -1 when it was not asked.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref WindowMetrics Touch(ReadOnlySpan<byte> key, ulong hash, int candidate)
    {
        var number = candidate >= 0 && GetKey(candidate).SequenceEqual(key) ? candidate : FindOrAdd(key, hash);
        return ref TouchCell(number);
    }

    /// <summary>The counts of a cell, put on the list of changed cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref WindowMetrics TouchCell(int number)
    {
        ref var cell = ref _cells[number];
        if (!cell.IsChanged)
            MarkChanged(number);
        return ref cell.Metrics;
    }

    /// <summary>The number of the key's cell, made if there is none.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, ulong hash)
    {
        var index = _index;
        var mask = (ulong)(index.Length - 1);
        var tag = hash & 0xffffffff_00000000UL;
        var at = hash & mask;
        while (true)
        {
            var slot = index[at];
            if (slot == 0)
                return Add(key, tag, at);
            if ((slot & 0xffffffff_00000000UL) == tag)
            {
                var number = (int)(uint)slot - 1;
                if (GetKey(number).SequenceEqual(key))
                    return number;
            }

            at = (at + 1) & mask;
        }
    }

    /// <summary>Ends the collection of changes: everything so far is in a commit unit.</summary>
    public void MarkCommitted()
    {
        Spend.Absorb(this);
        foreach (var number in Changed)
            _cells[number].IsChanged = false;
        _changedCount = 0;
        CommittedCount = Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MarkChanged(int number)
    {
        if (_changedCount == _changed.Length)
            Array.Resize(ref _changed, _changedCount * 2);
        _changed[_changedCount++] = number;
        _cells[number].IsChanged = true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(ReadOnlySpan<byte> key, ulong tag, ulong at)
    {
        var number = Count++;
        if (number == _cells.Length)
            Array.Resize(ref _cells, number * 2);
        if (_keyByteCount + key.Length > _keyBytes.Length)
            Array.Resize(ref _keyBytes, Math.Max(_keyBytes.Length * 2, _keyByteCount + key.Length));
        key.CopyTo(_keyBytes.AsSpan(_keyByteCount));
        _cells[number] = new WindowCell { KeyOffset = _keyByteCount, KeyLength = (short)key.Length };
        _keyByteCount += key.Length;
        _index[at] = tag | (uint)(number + 1);
        if (Count * 2 > _index.Length)
            GrowIndex();
        return number;
    }

    private void GrowIndex()
    {
        var larger = new ulong[BitOperations.RoundUpToPowerOf2((uint)_index.Length * 2)];
        var mask = (ulong)(larger.Length - 1);
        for (var number = 0; number < Count; number++)
        {
            var hash = KeyHash.Of(GetKey(number));
            var at = hash & mask;
            while (larger[at] != 0)
                at = (at + 1) & mask;
            larger[at] = (hash & 0xffffffff_00000000UL) | (uint)(number + 1);
        }

        _index = larger;
    }
}
