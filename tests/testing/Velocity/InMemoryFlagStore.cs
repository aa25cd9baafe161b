using ClickFuncs.Velocity;

namespace ClickFuncs.Testing.Velocity;

/// <summary>Flags as plain objects, for simulations; passes the same contract suite as the real store.</summary>
public sealed class InMemoryFlagStore : IFlagStore
{
    private readonly Dictionary<ulong, VelocityFlag> _flags = [];
    private long _token;
    private long _readFrom;

    /// <summary>Called before and after each operation; throw to die there.</summary>
    public Action AtStep { get; set; } = () => { };

    /// <summary>What is committed.</summary>
    public IReadOnlyDictionary<ulong, VelocityFlag> Flags => _flags;

    public ValueTask<FlagState> TakeOverAsync(CancellationToken cancellationToken)
    {
        AtStep();
        _token++;
        var state = new FlagState(_token, _readFrom, [.. _flags.Values]);
        AtStep();
        return ValueTask.FromResult(state);
    }

    public ValueTask CommitAsync(long token, FlagCommit commit, CancellationToken cancellationToken)
    {
        AtStep();
        if (token != _token)
            throw new FlagsTakenOverException(token);
        foreach (var flag in commit.Flags)
            _flags[flag.Identity] = flag;
        foreach (var ended in _flags.Values.Where(flag => flag.UntilMs <= commit.ForgetBeforeMs).ToList())
            _flags.Remove(ended.Identity);
        _readFrom = Math.Max(_readFrom, commit.ReadFrom);
        AtStep();
        return ValueTask.CompletedTask;
    }
}
