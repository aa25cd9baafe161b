using System.Runtime.CompilerServices;
using ClickFuncs.Events;

namespace ClickFuncs.Dedup;

/// <summary>
/// The event ids of one partition within the dedup horizon (R11). Stream time, not the clock, decides what has expired, so
/// that a replay forgets exactly what the first run forgot. 20 to 31 bytes an id, no pause to expire or to grow: the set is
/// 256 small tables that grow and clean up one at a time.
/// </summary>
/// <remarks>Two ids are taken for one with probability 2^-112 per pair: at 8.6 billion ids a day, once in 10^13 days.</remarks>
public sealed class DedupSet
{
    /// <summary>A whole sweep takes a day of stream time; with the longest horizon no stamp gets older than 31 of its 45 days.</summary>
    private const int SweepMinutes = 24 * 60;

    private readonly DedupShard[] _shards = new DedupShard[256];
    private readonly int _horizonMinutes;
    private long _minute = long.MinValue;
    private ushort _stamp = 1;

    /// <summary>An empty set.</summary>
    /// <param name="horizon">How long an id is remembered, from its first sight in stream time; rounded up to minutes, 1 min to 30 days.</param>
    public DedupSet(TimeSpan horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizon, TimeSpan.FromDays(30));
        _horizonMinutes = (int)Math.Ceiling(horizon.TotalMinutes);
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = new DedupShard();
    }

    /// <summary>Ids remembered now. Walks the whole set: for tests and reports.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var shard in _shards)
                count += shard.CountLive(_stamp, _horizonMinutes);
            return count;
        }
    }

    /// <summary>Bytes the tables take.</summary>
    public long MemoryBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var shard in _shards)
                bytes += (shard.BucketCount + 1L) * 64;
            return bytes;
        }
    }

    /// <summary>Moves stream time on to <paramref name="minute"/> (minutes since the Unix epoch) and expires a share of the set; going back is ignored.</summary>
    public void Advance(long minute)
    {
        if (minute <= _minute)
            return;
        var passed = _minute == long.MinValue ? 0 : Math.Min(minute - _minute, SweepMinutes);
        // After a leap past the stamps' cycle every id is long expired, but its stamp would look young again.
        if (_minute != long.MinValue && minute - _minute > _horizonMinutes)
            Clear();
        (_minute, _stamp) = (minute, StreamMinute.Stamp(minute));
        if (passed > 0)
        {
            foreach (var shard in _shards)
                shard.Sweep((uint)((shard.BucketCount * passed) + SweepMinutes - 1) / SweepMinutes, _stamp, _horizonMinutes);
        }
    }

    /// <summary>Whether the id is new within the horizon; if so it is remembered from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(Fingerprint id) => _shards[(byte)(id.Low >> 56)].TryAdd(id.Low, id.High, _stamp, _horizonMinutes);

    /// <summary>Starts loading what <see cref="TryAdd"/> will look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Prefetch(ulong low) => _shards[(byte)(low >> 56)].Prefetch(low);

    internal DedupEntry ToEntry(Fingerprint id) => new(id.Low, (id.High << 16) | _stamp);

    /// <summary>Puts entries back with the stamps they had.</summary>
    /// <param name="run">As <see cref="Export"/> gave them, or any others.</param>
    internal void Restore(ReadOnlySpan<DedupEntry> run)
    {
        // A snapshot's runs are whole shards: one that gets its size at once need not grow into it. Another run that begins and ends alike only takes
        // memory for a while: a sweep gives back what is not used.
        if (run.Length > 1 && ShardOf(run[0]) == ShardOf(run[^1]))
            ShardOf(run[0]).Reserve(run.Length);
        foreach (var entry in run)
            ShardOf(entry).Restore(entry, _stamp, _horizonMinutes);
    }

    /// <summary>Visits the live entries, shard by shard.</summary>
    internal void Export(DedupEntryVisitor visit)
    {
        var buffer = new DedupEntry[1024];
        foreach (var shard in _shards)
        {
            if (buffer.Length < shard.Capacity)
                buffer = new DedupEntry[shard.Capacity];
            var count = shard.CopyLive(buffer, _stamp, _horizonMinutes);
            visit(buffer.AsSpan(0, count));
        }
    }

    private DedupShard ShardOf(DedupEntry entry) => _shards[(byte)(entry.Low >> 56)];

    private void Clear()
    {
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = new DedupShard();
    }
}

/// <summary>Takes some entries of a <see cref="DedupSet"/>.</summary>
internal delegate void DedupEntryVisitor(ReadOnlySpan<DedupEntry> entries);
