namespace ClickFuncs.Freshness;

/// <summary>What is known of freshness.</summary>
/// <param name="Freshness">Time from a click to its row in queries: the last probe's, or how long the one that is out has waited if that is more.</param>
/// <param name="At">When that was known.</param>
/// <param name="IsOut">Whether a probe is on its way.</param>
public sealed record FreshnessReading(TimeSpan Freshness, DateTimeOffset At, bool IsOut);
