using ClickFuncs.Budgets;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Budgets;

/// <summary>
/// The campaigns to stop, made once for all who ask: again only when there are newer decisions, or trust in a campaign has run out.
/// Thread-safe.
/// </summary>
internal sealed class BlockedFeed(BudgetBoard board, IOptions<BudgetOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private volatile Made? _made;
    private int _waiting;

    /// <summary>The list as of now.</summary>
    public BlockedList Current()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var snapshot = board.Current;
        if (_made is { } made && ReferenceEquals(made.Snapshot, snapshot) && now < made.UntilMs && now >= made.AtMs)
            return made.List;
        var until = snapshot.Entries.Where(entry => !entry.IsBlocked(now)).Select(entry => entry.Decision.OpenUntilMs).DefaultIfEmpty(long.MaxValue).Min();
        var list = BlockedList.Of(snapshot, now, options.Value);
        _made = new Made(snapshot, now, until, list);
        return list;
    }

    /// <summary>Waits until the list has another tag than this, or the time is over; gives the list then.</summary>
    /// <returns>Null when too many are waiting already.</returns>
    public async Task<BlockedList?> WaitAsync(string tag, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > options.Value.MaxWaiters)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            var started = time.GetTimestamp();
            // Looking again and again, not a signal: whoever decides may be gone, and trust runs out without anybody's doing.
            while (Current() is var list && list.Tag == tag)
            {
                if (limit - time.GetElapsedTime(started) is var left && left <= TimeSpan.Zero)
                    return list;
                await Task.Delay(left < Pause ? left : Pause, time, cancellationToken);
            }

            return Current();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private sealed record Made(BudgetSnapshot Snapshot, long AtMs, long UntilMs, BlockedList List);
}
