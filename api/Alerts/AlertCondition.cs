using System.Globalization;

namespace ClickFuncs.Api.Alerts;

/// <summary>When an alert holds: for each series whose value is beyond a limit, and, if it says so, only while another condition holds anywhere.</summary>
/// <param name="Term">What is looked at.</param>
/// <param name="Limit">The limit.</param>
/// <param name="IsBelow">Whether it holds below the limit instead of above.</param>
/// <param name="While">Must hold too, for any series.</param>
public sealed record AlertCondition(AlertTerm Term, double Limit, bool IsBelow = false, AlertCondition? While = null)
{
    /// <summary>The metrics it reads.</summary>
    public IEnumerable<string> Metrics => While is null ? Term.Metrics : Term.Metrics.Concat(While.Metrics);

    /// <summary>The longest time it looks back.</summary>
    public TimeSpan Window => While is { } other && other.Window > Term.Window ? other.Window : Term.Window;

    /// <summary>The same in PromQL.</summary>
    public string ToPromQl()
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{Term.ToPromQl()} {(IsBelow ? '<' : '>')} {Limit}");
        return While is null ? own : $"{own} and on() ({While.ToPromQl()})";
    }

    /// <summary>The series for which it holds.</summary>
    internal IReadOnlyList<TermValue> Holding(MetricHistory history) =>
        While is not null && While.Holding(history).Count == 0
            ? []
            : [.. Term.Evaluate(history).Where(value => IsBelow ? value.Value < Limit : value.Value > Limit)];
}
