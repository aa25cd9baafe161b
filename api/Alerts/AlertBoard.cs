using ClickFuncs.Api.Metrics;

namespace ClickFuncs.Api.Alerts;

/// <summary>Decides which alerts fire, from the metrics of each moment. Reading is thread-safe, taking in is not.</summary>
/// <param name="rules">The alerts.</param>
internal sealed class AlertBoard(IReadOnlyList<AlertRule> rules)
{
    private readonly MetricHistory _history = new(rules.Max(rule => rule.Condition.Window));
    private volatile IReadOnlyList<AlertState> _states = [];

    /// <summary>The alerts.</summary>
    public IReadOnlyList<AlertRule> Rules => rules;

    /// <summary>The metrics that the alerts read.</summary>
    public IReadOnlySet<string> Metrics { get; } = rules.SelectMany(rule => rule.Condition.Metrics).ToHashSet(StringComparer.Ordinal);

    /// <summary>What holds now, in the order of the rules; what does not is not there.</summary>
    public IReadOnlyList<AlertState> States => _states;

    /// <summary>Begins with what another board knew.</summary>
    /// <param name="past">Counters of earlier moments, oldest first.</param>
    /// <param name="held">What held at the last of them; of other rules than these is left out.</param>
    public void Restore(IEnumerable<(DateTimeOffset At, IReadOnlyList<MetricSample> Counters)> past, IReadOnlyList<HeldAlert> held)
    {
        foreach (var (at, counters) in past)
            _history.Add(at, counters);
        _states = [.. held.Join(rules, one => one.Rule, rule => rule.Id, (one, rule) => one.ToState(rule))];
    }

    /// <summary>Takes the metrics of a moment in.</summary>
    /// <returns>What began and what ended to fire by it.</returns>
    public (IReadOnlyList<AlertState> Fired, IReadOnlyList<AlertState> Resolved) Take(DateTimeOffset now, IReadOnlyList<MetricSample> samples)
    {
        _history.Add(now, samples);
        var before = _states.ToDictionary(state => (state.Rule.Id, state.Labels));
        var states = new List<AlertState>();
        foreach (var rule in rules)
        {
            foreach (var held in rule.Condition.Holding(_history))
            {
                var known = before.GetValueOrDefault((rule.Id, held.Labels));
                var since = known?.Since ?? now;
                states.Add(new AlertState(rule, held.Labels, held.Value, since, known?.FiredAt ?? (now - since >= rule.For ? now : null)));
            }
        }

        _states = states;
        var fired = states.Where(state => state.FiredAt is not null && before.GetValueOrDefault((state.Rule.Id, state.Labels))?.FiredAt is null).ToList();
        var resolved = before.Values.Where(old => old.FiredAt is not null && !states.Exists(state => state.Rule.Id == old.Rule.Id && state.Labels == old.Labels)).ToList();
        return (fired, resolved);
    }
}
