using ClickFuncs.State;

namespace ClickFuncs.Analytics.Late;

/// <summary>
/// The late clicks of the partitions' side outputs, by advertiser, in memory. Each question first reads on where the last one stopped, so a
/// question costs what came in between. Late clicks are few; where they are not, it stops at a bound and says that it can't say. It forgets
/// what the side outputs forget, so that a bad day does not fill it for ever.
/// </summary>
/// <param name="state">Where side outputs are.</param>
/// <param name="partitions">How many partitions there are.</param>
/// <param name="retainFor">How long side outputs are kept after they came.</param>
/// <param name="time">The clock.</param>
/// <param name="interval">Reads on at most so often: where a look costs money, a question in between is answered as of the last look. Default: at each question.</param>
public sealed class LateClickIndex(IPartitionStateStore state, int partitions, TimeSpan retainFor, TimeProvider time, TimeSpan interval = default) : ILateClicks, IDisposable
{
    /// <summary>Most clicks that are kept; some 30 MB.</summary>
    public const int MostKept = 100_000;

    private const int PageSize = 500;
    private const int MostReadAtOnce = 5_000;
    private const long DayMs = 86_400_000;

    // It walks all that is kept, a few milliseconds at most.
    private const long ForgetEveryMs = 60_000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly long[] _next = new long[partitions];
    private readonly Dictionary<string, List<LateClick>> _clicks = new(StringComparer.Ordinal);
    private int _kept;
    private long _forgottenAtMs = long.MinValue;
    private long? _lookedAt;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<long, long>?> CountByDayAsync(AnalyticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Filters.ContainsKey(Dimension.Reason))
            return null;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Forget(time.GetUtcNow().ToUnixTimeMilliseconds());
            if (!await CatchUpAsync(cancellationToken).ConfigureAwait(false))
                return null;
            return _clicks.GetValueOrDefault(query.AdvertiserId, []).Where(click => IsAskedFor(click, query))
                .GroupBy(click => click.TimeMs - (click.TimeMs % DayMs)).ToDictionary(day => day.Key, day => day.LongCount());
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    // After a start there may be much to read: a question reads a bounded part of it, and the next one goes on.
    private async ValueTask<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } last && time.GetElapsedTime(last) < interval)
            return true;
        var (read, started) = (0, time.GetTimestamp());
        for (var partition = 0; partition < partitions; partition++)
        {
            while (await state.ReadSideOutputsAsync(partition, SideOutputKind.Late, _next[partition], PageSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
            {
                if (read >= MostReadAtOnce || _kept >= MostKept)
                    return false;
                foreach (var output in page)
                    Keep(output);
                read += page.Count;
                _next[partition] = page[^1].Sequence + 1;
            }
        }

        _lookedAt = started;
        return true;
    }

    private void Forget(long nowMs)
    {
        if (_forgottenAtMs > nowMs - ForgetEveryMs && _forgottenAtMs <= nowMs)
            return;
        _forgottenAtMs = nowMs;
        var before = nowMs - (long)retainFor.TotalMilliseconds;
        foreach (var (advertiser, own) in _clicks)
        {
            _kept -= own.RemoveAll(click => click.ArrivalMs < before);
            if (own.Count == 0)
                _clicks.Remove(advertiser);
        }
    }

    private void Keep(SideOutput output)
    {
        // What is forgotten by the next question would only take room from what is not.
        if (output.ArrivalMs < _forgottenAtMs - (long)retainFor.TotalMilliseconds || LateClick.Read(output) is not { } click)
            return;
        if (!_clicks.TryGetValue(click.AdvertiserId, out var own))
            _clicks.Add(click.AdvertiserId, own = []);
        own.Add(click);
        _kept++;
    }

    private static bool IsAskedFor(LateClick click, AnalyticsQuery query) =>
        click.MinuteStartMs >= query.FromMs && click.MinuteStartMs < query.ToMs
        && query.Filters.All(filter => filter.Value.Contains(click.Value(filter.Key), StringComparer.Ordinal));
}
