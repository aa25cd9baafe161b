using ClickFuncs.Budgets;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Telemetry;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Budgets;

/// <summary>
/// Appends what a commit says of spend to the second-stage log, then publishes its rows. Published means both: what a crash leaves
/// between the two is appended again, and changes nothing.
/// </summary>
internal sealed class SpendPublisher(IClickLog reports, IRowPublisher rows) : IRowPublisher
{
    // There is one partition; the reports of one commit stay in order because each is durable before the next is sent.
    private static readonly Fingerprint Anywhere = Fingerprint.Of(EventType.Click, "spend"u8);

    /// <inheritdoc/>
    public async Task PublishAsync(WindowRowSet set, CancellationToken cancellationToken)
    {
        foreach (var record in SpendReportCodec.Encode(set))
        {
            await reports.AppendAsync(Anywhere, record.Span, cancellationToken);
            BudgetInstruments.Reports.Add(1);
        }

        await rows.PublishAsync(set, cancellationToken);
    }
}
