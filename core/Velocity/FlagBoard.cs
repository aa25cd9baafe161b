using System.Collections.Concurrent;

namespace ClickFuncs.Velocity;

/// <summary>Where the velocity lane shows its flags to redirects. Thread-safe; looking allocates nothing.</summary>
/// <param name="maxFlags">Most flags it holds.</param>
public sealed class FlagBoard(int maxFlags)
{
    private readonly ConcurrentDictionary<ulong, VelocityFlag> _flags = new();

    /// <summary>Whether nobody is flagged.</summary>
    public bool IsEmpty => _flags.IsEmpty;

    /// <summary>Number of flags, those that have ended but were not removed among them.</summary>
    public int Count => _flags.Count;

    /// <summary>All flags, in no order.</summary>
    public IEnumerable<VelocityFlag> Flags => _flags.Values;

    /// <summary>Whether an identity is flagged at a time.</summary>
    public bool IsFlagged(ulong identity, long timeMs) =>
        _flags.TryGetValue(identity, out var flag) && timeMs >= flag.FromMs && timeMs < flag.UntilMs;

    /// <summary>The flag of an identity.</summary>
    public bool TryFind(ulong identity, out VelocityFlag flag) => _flags.TryGetValue(identity, out flag);

    /// <summary>Whether there is room for an identity.</summary>
    public bool HasRoomFor(ulong identity) => _flags.ContainsKey(identity) || _flags.Count < maxFlags;

    /// <summary>Shows flags, each in place of the identity's former one. One caller at a time.</summary>
    public void Show(IEnumerable<VelocityFlag> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        foreach (var flag in flags)
            _flags[flag.Identity] = flag;
    }

    /// <summary>Removes flags that ended before a time.</summary>
    public void RemoveEnded(long beforeMs)
    {
        foreach (var (identity, flag) in _flags)
        {
            if (flag.UntilMs <= beforeMs)
                _flags.TryRemove(identity, out _);
        }
    }
}
