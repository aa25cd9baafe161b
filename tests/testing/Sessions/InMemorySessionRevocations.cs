using System.Collections.Concurrent;
using ClickFuncs.Sessions;

namespace ClickFuncs.Testing.Sessions;

/// <summary>Ended sessions that are remembered as long as the object lasts.</summary>
public sealed class InMemorySessionRevocations : ISessionRevocations
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new();

    /// <inheritdoc/>
    public ValueTask RevokeAsync(BrowserSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        foreach (var (id, ends) in _ends)
        {
            if (ends < BrowserSession.OverBefore(now))
                _ends.TryRemove(id, out _);
        }

        _ends.TryAdd(session.Id, session.Ends);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsRevokedAsync(BrowserSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return ValueTask.FromResult(_ends.ContainsKey(session.Id));
    }
}
