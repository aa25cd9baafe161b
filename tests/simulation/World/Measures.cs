using ClickFuncs.Events;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>What stream and recount are compared by: raw clicks, of which every copy is one, are not among it.</summary>
internal readonly record struct Measures(long Impressions, long Clicks, long Conversions, long SpendMicros, long InvalidClicks, long OverBudgetClicks)
{
    public static Measures Of(TestEvent e) => e.Type switch
    {
        EventType.Click when e.Verdict.Tier == VerdictTier.Invalid => new(0, 0, 0, 0, 1, 0),
        EventType.Click when e.OverBudget => new(0, 0, 0, 0, 0, 1),
        EventType.Click => new(0, 1, 0, e.CostMicros, 0, 0),
        EventType.Impression => new(1, 0, 0, 0, 0, 0),
        _ => new(0, 0, 1, 0, 0, 0),
    };

    public static Measures Of(in WindowMetrics row) =>
        new(row.Impressions, row.Clicks, row.Conversions, row.SpendMicros, row.InvalidClicks, row.OverBudgetClicks);

    public static Measures operator +(Measures a, Measures b) => new(
        a.Impressions + b.Impressions, a.Clicks + b.Clicks, a.Conversions + b.Conversions, a.SpendMicros + b.SpendMicros,
        a.InvalidClicks + b.InvalidClicks, a.OverBudgetClicks + b.OverBudgetClicks);

    public static Measures operator *(Measures a, int times) => new(
        a.Impressions * times, a.Clicks * times, a.Conversions * times, a.SpendMicros * times, a.InvalidClicks * times, a.OverBudgetClicks * times);
}
