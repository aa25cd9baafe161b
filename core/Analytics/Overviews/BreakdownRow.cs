using ClickFuncs.Windows;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>A value of the dimension over the whole range.</summary>
/// <param name="Value">The value; empty for unknown.</param>
/// <param name="Currency">Currency of the spend: a value with two currencies has two rows.</param>
/// <param name="Metrics">The counts.</param>
/// <param name="Accuracy">Final only if all of it is.</param>
public sealed record BreakdownRow(string Value, string Currency, WindowMetrics Metrics, Accuracy Accuracy);
