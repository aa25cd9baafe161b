using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics;

/// <summary>Times in [from, to), milliseconds since the Unix epoch.</summary>
internal readonly record struct TimeRange(long FromMs, long ToMs)
{
    internal bool IsEmpty => FromMs >= ToMs;

    /// <summary>The longest part that consists of whole intervals of this width.</summary>
    internal TimeRange Inside(long widthMs) =>
        new(Granularities.Ceiling(FromMs, widthMs), Granularities.Floor(ToMs, widthMs));

    internal TimeRange Intersect(TimeRange other) => new(Math.Max(FromMs, other.FromMs), Math.Min(ToMs, other.ToMs));
}
