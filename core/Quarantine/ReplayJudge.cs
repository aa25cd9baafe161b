using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;

namespace ClickFuncs.Quarantine;

/// <summary>
/// Whether a quarantined record can be sent again as it is: its time has come, or a newer version of the program reads it. Decides by the record, the
/// moment and the stream's tolerance alone. Not thread-safe.
/// </summary>
/// <param name="futureTolerance">See <see cref="Processing.ProcessorOptions.FutureTolerance"/>.</param>
public sealed class ReplayJudge(TimeSpan futureTolerance)
{
    private readonly NdjsonEventParser _parser = new();
    private readonly long _toleranceMs = (long)futureTolerance.TotalMilliseconds;

    /// <summary>Judges a record as it lies on the log.</summary>
    /// <param name="record">The record.</param>
    /// <param name="nowMs">The moment, milliseconds since the Unix epoch.</param>
    /// <param name="view">The event to send; it lasts as long as the record, and until the next call.</param>
    /// <returns>Why it can't be sent; null if it can.</returns>
    public string? Judge(ReadOnlySpan<byte> record, long nowMs, out EventView view)
    {
        var defect = EventDecoder.Decode(record, out view);
        if (defect == EventDefect.RejectedInput)
            return JudgeLine(view.RejectedInput, nowMs, out view);
        return defect == EventDefect.None ? JudgeTime(view, nowMs) : defect.Code();
    }

    /// <summary>Judges a line of JSON.</summary>
    /// <param name="line">The line.</param>
    /// <param name="nowMs">The moment.</param>
    /// <param name="view">The event to send; it lasts as long as the line, and until the next call.</param>
    /// <returns>Why it can't be sent; null if it can.</returns>
    public string? JudgeLine(ReadOnlySpan<byte> line, long nowMs, out EventView view) =>
        _parser.TryParse(line, out view, out var reason) ? JudgeTime(view, nowMs) : reason;

    private string? JudgeTime(in EventView view, long nowMs) =>
        view.EventTimeMs > nowMs + _toleranceMs ? EventDefect.FutureEventTime.Code() : null;
}
