namespace ClickFuncs.Bench.Beside;

/// <summary>Something that counts clicks, each id once, by minute and key; empty when made.</summary>
internal interface IClickCounter : IAsyncDisposable
{
    /// <summary>What it is, with the setting of durability.</summary>
    string Name { get; }

    /// <summary>Processor time so far of all that is at work: the client in this process, and the server.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Counts them all; done when the counts are where they stay.</summary>
    Task CountAsync(BesideClicks clicks, CancellationToken cancellationToken);

    /// <summary>Reads the sum of all counts back.</summary>
    Task<long> ReadTotalAsync(CancellationToken cancellationToken);
}
