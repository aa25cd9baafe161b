using System.Buffers;
using System.Text;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Catalog;
using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Api.Events;

/// <summary>
/// Takes a batch apart, judges its events and appends them to the log: accepted ones as events, unreadable ones with their bytes, so
/// that they end in quarantine. All appends of a batch wait together, so a batch costs about one sync.
/// </summary>
internal sealed class EventRecorder(IClickLog log)
{
    /// <summary>Records the events; when it completes, all that the answer calls accepted or quarantined is durable.</summary>
    /// <exception cref="LogException">Something could not be made durable. The batch may be sent again: ids make that harmless.</exception>
    public async Task<EventsAnswer> RecordAsync(ReadOnlyMemory<byte> body, IReadOnlyList<Range> events, Caller caller, CatalogSnapshot ads)
    {
        var outcomes = new EventOutcome[events.Count];
        var appends = new List<Task>(events.Count);
        var record = ArrayPool<byte>.Shared.Rent(EventLimits.MaxEventBytes * 2);
        try
        {
            var parser = new NdjsonEventParser();
            for (var i = 0; i < events.Count; i++)
                outcomes[i] = Record(i, body.Span[events[i]], parser, caller, ads, record, appends);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(record);
            // Also when one was refused: what was begun is seen to its end, and no failure goes unseen.
            await Task.WhenAll(appends);
        }

        return Answer(outcomes);
    }

    private EventOutcome Record(
        int index, ReadOnlySpan<byte> bytes, NdjsonEventParser parser, Caller caller, CatalogSnapshot ads, Span<byte> record, List<Task> appends)
    {
        string? reason = NdjsonReasons.LineTooLong;
        if (bytes.Length <= NdjsonLineReader.MaxLineBytes && parser.TryParse(bytes, out var view, out reason))
        {
            var id = Encoding.UTF8.GetString(view.ClickId);
            if (!EventJudge.Accepts(ref view, caller, ads, out reason))
                return new EventOutcome(index, "rejected", id, reason, EventJudge.Sentence(reason), Quarantined: false);
            Append(Fingerprint.Of(view.Type, view.ClickId), record[..EventEncoder.Encode(view, record)], appends);
            return new EventOutcome(index, "accepted", id);
        }

        var kept = bytes[..Math.Min(bytes.Length, NdjsonLineReader.MaxLineBytes)];
        var rejected = new EventView { RejectedInput = kept, RejectedReason = Encoding.UTF8.GetBytes(reason!) };
        Append(Fingerprint.Of(EventType.Click, kept), record[..EventEncoder.Encode(rejected, record)], appends);
        return new EventOutcome(index, "rejected", null, reason, EventJudge.Sentence(reason!), Quarantined: true);
    }

    // Not cancelled when the sender goes away: it can't know what became of the batch, and will send it again.
    private void Append(Fingerprint id, ReadOnlySpan<byte> record, List<Task> appends)
    {
        var append = log.AppendAsync(id, record, CancellationToken.None);
        appends.Add(append.AsTask());
    }

    private static EventsAnswer Answer(EventOutcome[] outcomes)
    {
        var accepted = outcomes.Count(outcome => outcome.Reason is null);
        IntakeInstruments.Events.Add(accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        foreach (var reason in outcomes.Where(outcome => outcome.Reason is not null).GroupBy(outcome => outcome.Quarantined == true ? "quarantined" : outcome.Reason))
            IntakeInstruments.Events.Add(reason.Count(), new KeyValuePair<string, object?>("outcome", reason.Key));
        return new EventsAnswer(accepted, outcomes.Length - accepted, outcomes.Count(outcome => outcome.Quarantined == true), outcomes);
    }
}
