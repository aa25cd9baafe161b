using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Processing;

/// <summary>How the stream counts. Part of the billing policy: see docs/architecture.md before changing one.</summary>
public sealed class ProcessorOptions
{
    /// <summary>How far behind the newest event the watermark stays: events up to this much out of order are in time. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OutOfOrderness { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the watermark passed a window's end a late event still corrects it. Default 15 min.
    /// Memory grows with it: this many minutes of windows stay open.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AllowedLateness { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an event id is remembered, in stream time from its first sight; rounded up to whole minutes. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan DedupHorizon { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far ahead of its arrival an event time may lie. Beyond it the event is quarantined, so that a wrong clock
    /// can't push the watermark. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After this long without an event a partition no longer holds the overall watermark back. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
