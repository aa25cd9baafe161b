using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics.Final;

/// <summary>One chunk of a table made of <see cref="AnalyticsSchema.SummedColumns"/> being filled, column by column in DuckDB's own memory.</summary>
internal readonly ref struct SummedColumns(DuckDbAppender appender)
{
    private const int FirstKey = 1;
    private const int Reason = KeyNumbers.Length - 1;
    private const int FirstMetric = FirstKey + Reason;

    internal void Set(int at, long startMs, in KeyNumbers key, in WindowMetrics metrics)
    {
        appender.Column<long>(0)[at] = startMs;
        for (var i = 0; i < Reason; i++)
            appender.Column<int>(FirstKey + i)[at] = key[i];
        appender.Column<int>(FirstMetric + 7)[at] = key[Reason];
        appender.Column<long>(FirstMetric)[at] = metrics.Impressions;
        appender.Column<long>(FirstMetric + 1)[at] = metrics.RawClicks;
        appender.Column<long>(FirstMetric + 2)[at] = metrics.Clicks;
        appender.Column<long>(FirstMetric + 3)[at] = metrics.Conversions;
        appender.Column<long>(FirstMetric + 4)[at] = metrics.SpendMicros;
        appender.Column<long>(FirstMetric + 5)[at] = metrics.InvalidClicks;
        appender.Column<long>(FirstMetric + 6)[at] = metrics.OverBudgetClicks;
    }
}
