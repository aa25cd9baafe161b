namespace ClickFuncs.Telemetry.Tracing;

/// <summary>
/// The traced clicks of one partition, and the batches that were published last: a batch may be through before whoever appended
/// a click hears which number it got. Both are bounded. Thread-safe.
/// </summary>
internal sealed class TracedPartition
{
    /// <summary>Clicks that may wait for their batch; with more, the oldest traces end at the log.</summary>
    internal const int MaxWaiting = 1024;

    private const int KeptBatches = 64;

    private readonly Lock _lock = new();
    private readonly List<FollowedClick> _waiting = [];
    private readonly Queue<BatchTimes> _published = new(KeptBatches);

    /// <summary>Keeps a click until its batch is published.</summary>
    /// <returns>Its batch, if that is published already; then the click is not kept.</returns>
    public BatchTimes? Follow(in FollowedClick click)
    {
        lock (_lock)
        {
            foreach (var batch in _published)
            {
                if (batch.Holds(click.Sequence))
                    return batch;
            }

            if (_waiting.Count == MaxWaiting)
            {
                _waiting.RemoveAt(0);
                TracingInstruments.Unfinished.Add(1);
            }

            _waiting.Add(click);
            return null;
        }
    }

    /// <summary>Takes the clicks of a published batch out.</summary>
    public IReadOnlyList<FollowedClick> Publish(in BatchTimes batch)
    {
        lock (_lock)
        {
            if (_published.Count == KeptBatches)
                _published.Dequeue();
            _published.Enqueue(batch);
            if (_waiting.Count == 0)
                return [];
            var (first, last) = (batch.First, batch.Last);
            FollowedClick[] found = [.. _waiting.Where(click => click.Sequence >= first && click.Sequence <= last)];
            // What lies before the batch was published before somebody listened; it will not come again.
            var forgotten = _waiting.RemoveAll(click => click.Sequence <= last) - found.Length;
            if (forgotten > 0)
                TracingInstruments.Unfinished.Add(forgotten);
            return found;
        }
    }
}
