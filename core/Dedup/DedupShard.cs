using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ClickFuncs.Events;

namespace ClickFuncs.Dedup;

/// <summary>
/// One of the small hash tables of a <see cref="DedupSet"/>: buckets of four 16-byte entries, each bucket one cache line,
/// probed bucket by bucket. An entry is 64 + 48 bits of fingerprint and the 16-bit minute of its first sight.
/// </summary>
/// <remarks>
/// Expired entries count as free the moment they expire: an insert on their probe path takes their place. Only an empty
/// slot ends a probe, so an expired entry is never turned back into one in place; a rebuild, which a full table needs
/// anyway, drops it. A rebuild touches this shard alone: a few thousand entries, well under a millisecond.
/// </remarks>
internal sealed unsafe class DedupShard
{
    private const int EntriesPerBucket = 4;
    private const int WordsPerBucket = EntriesPerBucket * 2;
    private const ulong Dead = 1UL << 16; // High word of a slot whose entry expired and was swept: free, but not the end of a probe.

    private ulong[] _memory = [];
    private ulong* _words; // First cache line in the pinned _memory.
    private uint _bucketCount;
    private int _used; // Slots that are not empty, expired and dead ones included.
    private uint _sweepAt;
    private int _liveInSweep;

    public DedupShard() => Allocate(1);

    public int Capacity => (int)_bucketCount * EntriesPerBucket;

    public uint BucketCount => _bucketCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong low)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Bucket(low));
    }

    /// <summary>Adds the fingerprint unless a live one is there; a live one is left as it is, so the horizon runs from the first sight.</summary>
    public bool TryAdd(ulong low, ulong high, ushort now, int horizonMinutes)
    {
        var entryHigh = (high << 16) | now;
        var bucket = Bucket(low);
        ulong* free = null;
        while (true)
        {
            for (var slot = bucket; slot < bucket + WordsPerBucket; slot += 2)
            {
                var slotHigh = slot[1];
                if (slotHigh == 0)
                {
                    if (free == null)
                    {
                        free = slot;
                        _used++;
                    }

                    free[0] = low;
                    free[1] = entryHigh;
                    if (_used * 5L > Capacity * 4L)
                        Rebuild(now, horizonMinutes);
                    return true;
                }

                if (slot[0] == low && ((slotHigh ^ entryHigh) >> 16) == 0 && (ushort)slotHigh != 0)
                {
                    if (StreamMinute.Age((ushort)slotHigh, now) <= horizonMinutes)
                        return false;
                    slot[1] = entryHigh;
                    return true;
                }

                if (free == null && ((ushort)slotHigh == 0 || StreamMinute.Age((ushort)slotHigh, now) > horizonMinutes))
                    free = slot;
            }

            bucket += WordsPerBucket;
            if (bucket == _words + ((long)_bucketCount * WordsPerBucket))
                bucket = _words;
        }
    }

    /// <summary>
    /// Marks what expired in the next <paramref name="buckets"/> buckets, so that no stamp outlives its cycle, and gives
    /// memory back after a pass that found the table mostly empty.
    /// </summary>
    public void Sweep(uint buckets, ushort now, int horizonMinutes)
    {
        for (; buckets > 0; buckets--)
        {
            var bucket = _words + ((long)_sweepAt * WordsPerBucket);
            for (var slot = bucket; slot < bucket + WordsPerBucket; slot += 2)
            {
                if ((ushort)slot[1] == 0)
                    continue;
                if (StreamMinute.Age((ushort)slot[1], now) > horizonMinutes)
                    (slot[0], slot[1]) = (0, Dead);
                else
                    _liveInSweep++;
            }

            if (++_sweepAt < _bucketCount)
                continue;
            if (_bucketCount > 1 && _liveInSweep < Capacity / 4)
                Rebuild(now, horizonMinutes);
            (_sweepAt, _liveInSweep) = (0, 0);
        }
    }

    public int CountLive(ushort now, int horizonMinutes)
    {
        var live = 0;
        for (var slot = _words; slot < _words + ((long)_bucketCount * WordsPerBucket); slot += 2)
            live += IsLive(slot[1], now, horizonMinutes) ? 1 : 0;
        return live;
    }

    /// <summary>Hands out the live entries as stored; <see cref="Restore"/> takes them back.</summary>
    public int CopyLive(Span<DedupEntry> target, ushort now, int horizonMinutes)
    {
        var count = 0;
        for (var slot = _words; slot < _words + ((long)_bucketCount * WordsPerBucket); slot += 2)
        {
            if (IsLive(slot[1], now, horizonMinutes))
                target[count++] = new DedupEntry(slot[0], slot[1]);
        }

        return count;
    }

    /// <summary>Makes room for so many entries, if there are none yet: as much as if it had grown by them.</summary>
    public void Reserve(int entries)
    {
        if (_used == 0 && entries > Capacity)
            Allocate(BucketsFor(entries));
    }

    /// <summary>Puts an entry back with the stamp it had.</summary>
    public void Restore(DedupEntry entry, ushort now, int horizonMinutes)
    {
        if (!IsLive(entry.HighAndStamp, now, horizonMinutes))
            return;
        Place(entry.Low, entry.HighAndStamp, now);
        if (_used * 5L > Capacity * 4L)
            Rebuild(now, horizonMinutes);
    }

    private static uint BucketsFor(int live) => (uint)Math.Max(1, ((live * 2L) + EntriesPerBucket - 1) / EntriesPerBucket);

    private static bool IsLive(ulong high, ushort now, int horizonMinutes) =>
        (ushort)high != 0 && StreamMinute.Age((ushort)high, now) <= horizonMinutes;

    /// <summary>
    /// Puts an entry into the first empty slot of its probe path. If the id is on the path already, expired and seen again
    /// since, the younger stamp stays: two entries of one id would let the older one hide the live one.
    /// </summary>
    private void Place(ulong low, ulong entryHigh, ushort now)
    {
        var bucket = Bucket(low);
        while (true)
        {
            for (var slot = bucket; slot < bucket + WordsPerBucket; slot += 2)
            {
                if (slot[1] == 0)
                {
                    (slot[0], slot[1]) = (low, entryHigh);
                    _used++;
                    return;
                }

                if (slot[0] == low && ((slot[1] ^ entryHigh) >> 16) == 0 && (ushort)slot[1] != 0)
                {
                    if (StreamMinute.Age((ushort)entryHigh, now) < StreamMinute.Age((ushort)slot[1], now))
                        slot[1] = entryHigh;
                    return;
                }
            }

            bucket += WordsPerBucket;
            if (bucket == _words + ((long)_bucketCount * WordsPerBucket))
                bucket = _words;
        }
    }

    /// <summary>Drops what expired. A table that is still well filled grows, one that is nearly empty shrinks, others keep their memory.</summary>
    private void Rebuild(ushort now, int horizonMinutes)
    {
        var scratch = ArrayPool<DedupEntry>.Shared.Rent(Capacity);
        var live = CopyLive(scratch, now, horizonMinutes);
        if (live * 20L > Capacity * 13L || live < Capacity / 4)
            Allocate(BucketsFor(live));
        else
            new Span<ulong>(_words, (int)_bucketCount * WordsPerBucket).Clear();
        _used = 0;
        foreach (var entry in scratch.AsSpan(0, live))
            Place(entry.Low, entry.HighAndStamp, now);
        ArrayPool<DedupEntry>.Shared.Return(scratch);
        (_sweepAt, _liveInSweep) = (0, 0);
    }

    private void Allocate(uint buckets)
    {
        // Pinned, so that the address holds; one line more, so that the first bucket can start on a cache line.
        _memory = GC.AllocateArray<ulong>(checked((int)(buckets + 1) * WordsPerBucket), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        _words = (ulong*)((address + 63) & ~(nuint)63);
        _bucketCount = buckets;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong* Bucket(ulong low) => _words + ((((low & uint.MaxValue) * _bucketCount) >> 32) * WordsPerBucket);
}
