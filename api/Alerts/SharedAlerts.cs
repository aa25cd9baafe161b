using System.Text.Json.Serialization;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Api.Operations;

namespace ClickFuncs.Api.Alerts;

/// <summary>
/// The alerts of a system of many hosts, judged from what all of them share, by whichever host looks: what was known before is handed in and out. Pure.
/// A rule is unknown, not fulfilled or unfulfilled, where a number that it needs is not there or was not watched for long enough.
/// </summary>
public static class SharedAlerts
{
    /// <summary>Readings further apart than this tell nothing of the time between: it is begun anew.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(2);

    /// <summary>Takes a reading in.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="reading">The reading.</param>
    public static AlertMemory Take(AlertMemory before, SharedReading reading)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(reading);
        before = before with
        {
            Past = before.Past.Count > 0 && reading.At - before.Past[^1].At > LongestGap ? [] : before.Past,
            Held = reading.At - before.At > LongestGap ? [] : before.Held,
        };
        var unknown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in AlertRules.All)
        {
            if (rule.Condition.Metrics.FirstOrDefault(metric => !reading.Known.Contains(metric)) is { } missing)
                unknown.Add(rule.Id, reading.Missing.GetValueOrDefault(missing, "What it needs could not be read."));
            else if (rule.Condition.Window > TimeSpan.Zero && (before.Past.Count == 0 || before.Past[0].At > reading.At - rule.Condition.Window))
                unknown.Add(rule.Id, $"Watched for less than the {PromDuration.Of(rule.Condition.Window)} that it looks back.");
        }

        AlertRule[] known = [.. AlertRules.All.Where(rule => !unknown.ContainsKey(rule.Id))];
        var states = known.Length == 0 ? [] : Judge(known, before, reading);
        var past = Add(before.Past, reading);
        return new AlertMemory(reading.At, past, [.. states.Select(state => new HeldAlert(state.Rule.Id, state.Labels, state.Value, state.Since, state.FiredAt))], unknown);
    }

    /// <summary>The answer that the memory gives.</summary>
    public static IReadOnlyList<AlertAnswer> Answer(AlertMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var rules = AlertRules.All.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        return AlertAnswers.Of(
            AlertRules.All, [.. memory.Held.Where(held => rules.ContainsKey(held.Rule)).Select(held => held.ToState(rules[held.Rule]))], memory.Unknown);
    }

    /// <summary>The answer when nothing is known.</summary>
    /// <param name="because">Why, in a sentence.</param>
    public static IReadOnlyList<AlertAnswer> AnswerUnknown(string because) =>
        AlertAnswers.Of(AlertRules.All, [], AlertRules.All.ToDictionary(rule => rule.Id, _ => because, StringComparer.Ordinal));

    private static IReadOnlyList<AlertState> Judge(AlertRule[] rules, AlertMemory before, SharedReading reading)
    {
        var board = new AlertBoard(rules);
        board.Restore(before.Past.Select(moment => (moment.At, moment.Counters)), before.Held);
        board.Take(reading.At, reading.Samples);
        return board.States;
    }

    // A moment that lacks a counter would look like growth from nothing at the next one; so it is left out.
    private static IReadOnlyList<AlertMoment> Add(IReadOnlyList<AlertMoment> past, SharedReading reading)
    {
        if (!reading.Counters.All(reading.Known.Contains))
            return past;
        var longest = AlertRules.All.Where(rule => rule.Condition.Metrics.All(reading.Known.Contains)).Max(rule => rule.Condition.Window);
        AlertMoment[] all = [.. past, new AlertMoment(reading.At, [.. reading.Samples.Where(sample => reading.Counters.Contains(sample.Name))])];
        // One that is older than the longest window is kept: growth since then counts from it.
        return [.. all.SkipWhile((_, index) => index + 1 < all.Length && all[index + 1].At <= reading.At - longest)];
    }
}

/// <summary>What hosts share, at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Samples">The series that rules read, a counter once for all hosts.</param>
/// <param name="Known">The metrics that are known, be it that they have no series.</param>
/// <param name="Counters">Those of them, known or not, that are counters.</param>
/// <param name="Missing">By metric, why it is not known.</param>
public sealed record SharedReading(
    DateTimeOffset At, IReadOnlyList<MetricSample> Samples, IReadOnlySet<string> Known, IReadOnlySet<string> Counters, IReadOnlyDictionary<string, string> Missing);

/// <summary>What is remembered from one reading to the next.</summary>
/// <param name="At">When the last one was.</param>
/// <param name="Past">Counters of earlier moments, oldest first.</param>
/// <param name="Held">What holds.</param>
/// <param name="Unknown">By rule, why it is not known whether it holds.</param>
public sealed record AlertMemory(DateTimeOffset At, IReadOnlyList<AlertMoment> Past, IReadOnlyList<HeldAlert> Held, IReadOnlyDictionary<string, string> Unknown)
{
    /// <summary>Nothing.</summary>
    public static AlertMemory Empty { get; } = new(DateTimeOffset.MinValue, [], [], new Dictionary<string, string>());
}

/// <summary>Counters at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Counters">Their series.</param>
public sealed record AlertMoment(DateTimeOffset At, IReadOnlyList<MetricSample> Counters);

/// <summary>An alert that holds for a series.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Labels">The series.</param>
/// <param name="Value">What it has come to.</param>
/// <param name="Since">Since when.</param>
/// <param name="FiredAt">When it fired; null while it has not held for long enough.</param>
public sealed record HeldAlert(
    string Rule, string Labels,
    // A share of nothing is infinite.
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Value,
    DateTimeOffset Since, DateTimeOffset? FiredAt)
{
    internal AlertState ToState(AlertRule rule) => new(rule, Labels, Value, Since, FiredAt);
}
