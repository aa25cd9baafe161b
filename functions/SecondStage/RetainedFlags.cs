using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>Flags whose reading position is not before what the hub has kept: signals that are gone are older than any that matter.</summary>
/// <param name="store">The store.</param>
/// <param name="first">First record that the hub has.</param>
internal sealed class RetainedFlags(IFlagStore store, Func<long> first) : IFlagStore
{
    public async ValueTask<FlagState> TakeOverAsync(CancellationToken cancellationToken)
    {
        var state = await store.TakeOverAsync(cancellationToken);
        return state with { ReadFrom = Math.Max(state.ReadFrom, first()) };
    }

    public ValueTask CommitAsync(long token, FlagCommit commit, CancellationToken cancellationToken) => store.CommitAsync(token, commit, cancellationToken);
}
