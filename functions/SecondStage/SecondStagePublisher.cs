using ClickFuncs.Budgets;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Telemetry;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// Sends what a commit says of spend and of signals to their hubs, then publishes its rows. Published means all three: what a crash leaves
/// between them is sent again, and skipped by whoever reads it.
/// </summary>
/// <param name="spend">Hub of spend reports, one partition.</param>
/// <param name="signals">Hub of click signals, one partition.</param>
/// <param name="publisher">Takes the rows to the analytics store.</param>
public sealed class SecondStagePublisher(IClickLog spend, IClickLog signals, IRowPublisher publisher) : IRowPublisher
{
    // There is one partition; records of one commit stay in order because each is durable before the next is sent.
    private static readonly Fingerprint Anywhere = Fingerprint.Of(EventType.Click, "second stage"u8);

    /// <inheritdoc/>
    public async Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var record in rows.Signals.SelectMany(SignalCodec.Encode))
            await signals.AppendAsync(Anywhere, record.Span, cancellationToken);
        foreach (var record in SpendReportCodec.Encode(rows))
        {
            await spend.AppendAsync(Anywhere, record.Span, cancellationToken);
            BudgetInstruments.Reports.Add(1);
        }

        await publisher.PublishAsync(rows, cancellationToken);
    }
}
