using Azure.Messaging.EventHubs;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.Counting;

/// <summary>The events of a delivered batch as the core takes them: in ascending runs without holes.</summary>
public static class EventRuns
{
    /// <summary>
    /// Copies the events into batches. A hole in the sequence numbers begins a new batch, so that the session reads what is
    /// missing before it goes on; a number that comes again is left out.
    /// </summary>
    public static IReadOnlyList<RecordBatch> Of(IEnumerable<EventData> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var runs = new List<RecordBatch>();
        var last = long.MinValue;
        foreach (var e in events)
        {
            if (last != long.MinValue && e.SequenceNumber <= last)
                continue;
            if (runs.Count == 0 || e.SequenceNumber != last + 1)
                runs.Add(new RecordBatch());
            runs[^1].Add(e.SequenceNumber, e.EnqueuedTime.ToUnixTimeMilliseconds(), e.EventBody.ToMemory().Span);
            last = e.SequenceNumber;
        }

        return runs;
    }
}
