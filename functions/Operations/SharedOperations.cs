using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Api.Operations;

namespace ClickFuncs.Functions.Operations;

/// <summary>How the system does, by what the watch has shown: no instance's own metrics, which are not those of all.</summary>
/// <remarks>A look at the document costs about 2 request units; an instance looks once in 2 seconds, however many ask.</remarks>
/// <param name="shown">What the watch has shown.</param>
/// <param name="time">The clock.</param>
public sealed class SharedOperations(CosmosOperations shown, TimeProvider time) : IOperationsSource, IDisposable
{
    /// <summary>A content older than this says nothing of now: four looks of the watch did not come.</summary>
    public static readonly TimeSpan Trusted = 4 * OperationsWatch.Interval;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _looking = new(1, 1);
    private (long At, OperationsContent? Content)? _last;

    /// <summary>What the watch has shown; null when it never did.</summary>
    public async Task<OperationsContent?> FindAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetElapsedTime(last.At) >= KeptFor)
                _last = last = (time.GetTimestamp(), await shown.ReadAsync(cancellationToken));
            return last.Content;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Whether a content is too old to say anything of now.</summary>
    public bool IsOld(OperationsContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return time.GetUtcNow().ToUnixTimeMilliseconds() - content.AtMs > Trusted.TotalMilliseconds;
    }

    /// <inheritdoc/>
    public async ValueTask<OperationsReport> ReadAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } content)
            return new OperationsReport(Answer(time.GetUtcNow(), SharedAlerts.AnswerUnknown("The watch has not looked yet."), null), "");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(content.AtMs);
        var alerts = IsOld(content)
            ? SharedAlerts.AnswerUnknown($"The watch has not looked since {at:u}; the numbers are of then.")
            : SharedAlerts.Answer(content.Alerts);
        return new OperationsReport(Answer(at, alerts, content.LastRuns), PrometheusText.Write(SharedSeries.Of(content)));
    }

    /// <inheritdoc/>
    public void Dispose() => _looking.Dispose();

    private static OperationsAnswer Answer(DateTimeOffset at, IReadOnlyList<AlertAnswer> alerts, IReadOnlyList<LastRunAnswer>? runs) =>
        new(at, IsShared: true, FreshnessSeconds: null, alerts, runs);
}
