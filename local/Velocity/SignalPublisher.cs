using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Velocity;

/// <summary>
/// Appends the signals of a commit to their log, then publishes its rows. Published means both: what a crash leaves between the two is appended
/// again, and skipped by whoever reads it.
/// </summary>
internal sealed class SignalPublisher(IClickLog signals, IRowPublisher rows) : IRowPublisher
{
    // There is one partition; messages of one commit stay in order because each is durable before the next is sent.
    private static readonly Fingerprint Anywhere = Fingerprint.Of(EventType.Click, "signals"u8);

    /// <inheritdoc/>
    public async Task PublishAsync(WindowRowSet set, CancellationToken cancellationToken)
    {
        foreach (var message in set.Signals)
        {
            foreach (var record in SignalCodec.Encode(message))
                await signals.AppendAsync(Anywhere, record.Span, cancellationToken);
        }

        await rows.PublishAsync(set, cancellationToken);
    }
}
