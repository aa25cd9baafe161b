using System.Globalization;

namespace ClickFuncs.Api.Alerts;

/// <summary>
/// What an alert looks at: a value per series. A closed set, so that each means the same here and as PromQL. Windows are looked back over
/// from the moment of asking.
/// </summary>
public abstract record AlertTerm
{
    private AlertTerm() { }

    /// <summary>The metrics it reads.</summary>
    public abstract IEnumerable<string> Metrics { get; }

    /// <summary>The longest time it looks back.</summary>
    public abstract TimeSpan Window { get; }

    /// <summary>The same in PromQL.</summary>
    public abstract string ToPromQl();

    internal abstract IEnumerable<TermValue> Evaluate(MetricHistory history);

    /// <summary>The present value of each series.</summary>
    public sealed record Now(Selector Of) : AlertTerm
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Metrics => [Of.Metric];

        /// <inheritdoc/>
        public override TimeSpan Window => TimeSpan.Zero;

        /// <inheritdoc/>
        public override string ToPromQl() => Of.ToString();

        internal override IEnumerable<TermValue> Evaluate(MetricHistory history) => history.Now(Of);
    }

    /// <summary>By how much each counter has grown over a window.</summary>
    public sealed record Increase(Selector Of, TimeSpan Over) : AlertTerm
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Metrics => [Of.Metric];

        /// <inheritdoc/>
        public override TimeSpan Window => Over;

        /// <inheritdoc/>
        public override string ToPromQl() => $"increase({Of}[{PromDuration.Of(Over)}])";

        internal override IEnumerable<TermValue> Evaluate(MetricHistory history) => history.Increase(Of, Over);
    }

    /// <summary>The sum over all series of a term; nothing when it has none.</summary>
    public sealed record Sum(AlertTerm Of) : AlertTerm
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Metrics => Of.Metrics;

        /// <inheritdoc/>
        public override TimeSpan Window => Of.Window;

        /// <inheritdoc/>
        public override string ToPromQl() => $"sum({Of.ToPromQl()})";

        internal override IEnumerable<TermValue> Evaluate(MetricHistory history)
        {
            var values = Of.Evaluate(history).ToList();
            return values.Count == 0 ? [] : [new TermValue("", values.Sum(value => value.Value))];
        }
    }

    /// <summary>Each value of a term divided by the one value of another.</summary>
    public sealed record Quotient(AlertTerm Of, AlertTerm By) : AlertTerm
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Metrics => Of.Metrics.Concat(By.Metrics);

        /// <inheritdoc/>
        public override TimeSpan Window => Of.Window > By.Window ? Of.Window : By.Window;

        /// <inheritdoc/>
        public override string ToPromQl() => $"{Of.ToPromQl()} / on() group_left() {By.ToPromQl()}";

        internal override IEnumerable<TermValue> Evaluate(MetricHistory history) => By.Evaluate(history).SingleOrDefault() is { } divisor
            ? Of.Evaluate(history).Select(value => value with { Value = value.Value / divisor.Value })
            : [];
    }

    /// <summary>Each value of a term divided by a number.</summary>
    public sealed record Scaled(AlertTerm Of, double By) : AlertTerm
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Metrics => Of.Metrics;

        /// <inheritdoc/>
        public override TimeSpan Window => Of.Window;

        /// <inheritdoc/>
        public override string ToPromQl() => string.Create(CultureInfo.InvariantCulture, $"({Of.ToPromQl()} / {By})");

        internal override IEnumerable<TermValue> Evaluate(MetricHistory history) => Of.Evaluate(history).Select(value => value with { Value = value.Value / By });
    }
}

/// <summary>A value of a term.</summary>
/// <param name="Labels">The series it is of, as <c>partition="3"</c>; empty for all together.</param>
/// <param name="Value">The value.</param>
internal sealed record TermValue(string Labels, double Value);
