using ClickFuncs.Ledger;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// What a clerk has written down of the close it is at, so that the next one goes on where it died: the world's stand-in for the workflow journal,
/// whose own crashes have a suite of their own. Only the newest clerk may write.
/// </summary>
internal sealed class Books
{
    private long _owner;

    /// <summary>The close that is under way.</summary>
    public CloseUnderWay? Current { get; private set; }

    /// <summary>Newest revision of each day that was closed.</summary>
    public Dictionary<DateOnly, int> Closed { get; } = [];

    /// <summary>Closes that came to their end.</summary>
    public int Count { get; private set; }

    /// <summary>A new clerk; those before can write no more.</summary>
    public long TakeOver() => ++_owner;

    /// <summary>Notes how far the close is; false if somebody else has taken over.</summary>
    public Task<bool> WriteAsync(long owner, CloseUnderWay current)
    {
        if (owner != _owner)
            return Task.FromResult(false);
        Current = current;
        return Task.FromResult(true);
    }

    /// <summary>The close is done.</summary>
    public Task<bool> EndAsync(long owner)
    {
        if (owner != _owner)
            return Task.FromResult(false);
        if (Current is { } done)
        {
            Closed[done.Day] = done.Revision!.Value;
            Count++;
        }

        Current = null;
        return Task.FromResult(true);
    }
}

/// <summary>A close, as far as it is.</summary>
internal sealed record CloseUnderWay(DateOnly Day, Guid Id)
{
    public int? Revision { get; init; }

    /// <summary>The stream's numbers of the day, and by partition up to which record they go.</summary>
    public StreamNumbers? Stream { get; init; }

    /// <summary>By partition the last record that counts.</summary>
    public IReadOnlyList<long>? Cut { get; init; }

    public IReadOnlyList<CampaignTotal>? Totals { get; init; }
}
