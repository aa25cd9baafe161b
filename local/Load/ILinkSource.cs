namespace ClickFuncs.Local.Load;

/// <summary>
/// Where the load generator gets its requests: each call gives a link to follow and the click id it will be counted under.
/// Called on the generator's one thread for every request, so an implementation neither blocks nor allocates.
/// </summary>
internal interface ILinkSource
{
    /// <summary>Longest request target (path and query) the generator sends, in bytes: the room in <c>target</c>.</summary>
    const int MaxTargetBytes = 4096;

    /// <summary>Whether every link comes with its click id, as the acknowledgement ledger needs.</summary>
    bool KnowsClickIds { get; }

    /// <summary>Writes the next request target, such as <c>/c/TOKEN</c>, and its click id.</summary>
    /// <param name="target">Room for the target: <see cref="MaxTargetBytes"/>.</param>
    /// <param name="targetLength">Bytes written to <paramref name="target"/>.</param>
    /// <param name="clickId">Room for the click id: <see cref="Events.EventLimits.MaxIdBytes"/>.</param>
    /// <param name="clickIdLength">Bytes written to <paramref name="clickId"/>; 0 when the id is unknown.</param>
    /// <returns>False when there are no more links: the run then ends early.</returns>
    bool TryNext(Span<byte> target, out int targetLength, Span<byte> clickId, out int clickIdLength);
}
