using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Api.Operations;

namespace ClickFuncs.Functions.Operations;

/// <summary>How the system does, by what the watch has shown: no instance's own metrics, which are not those of all.</summary>
/// <remarks>A look at the document costs about 2 request units; an instance looks once in 2 seconds, however many ask.</remarks>
/// <param name="shown">What the watch has shown.</param>
/// <param name="time">The clock.</param>
public sealed class SharedOperations(CosmosOperations shown, TimeProvider time) : IOperationsSource
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private (long At, Task<OperationsContent?> Reading)? _last;

    /// <summary>What the watch has shown; null when it never did. A failure is kept as long as a content: whoever asks often does not ask the store more often when it is away.</summary>
    public Task<OperationsContent?> FindAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Nobody's own: who goes away does not take it from those who wait too.
            if (_last is not { } last || time.GetElapsedTime(last.At) >= KeptFor)
                _last = last = (time.GetTimestamp(), shown.ReadAsync(CancellationToken.None));
            return last.Reading.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<OperationsReport> ReadAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } content)
            return new OperationsReport(Answer(time.GetUtcNow(), SharedAlerts.AnswerUnknown("The watch has not looked yet."), null), "");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(content.AtMs);
        var alerts = content.IsOld(time.GetUtcNow())
            ? SharedAlerts.AnswerUnknown($"The watch has not looked since {at:u}; the numbers are of then.")
            : SharedAlerts.Answer(content.Alerts);
        return new OperationsReport(Answer(at, alerts, content.LastRuns), PrometheusText.Write(SharedSeries.Of(content)));
    }

    private static OperationsAnswer Answer(DateTimeOffset at, IReadOnlyList<AlertAnswer> alerts, IReadOnlyList<LastRunAnswer>? runs) =>
        new(at, IsShared: true, FreshnessSeconds: null, alerts, runs);
}
