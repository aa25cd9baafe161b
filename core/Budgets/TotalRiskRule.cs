namespace ClickFuncs.Budgets;

/// <summary>
/// Keeps what all campaigns of a currency may have spent unseen under the total cap: those that spend fastest are held back first,
/// and the trust in the others is shortened to what the cap allows. Pure.
/// </summary>
public static class TotalRiskRule
{
    /// <summary>Applies the rule to the decisions of one currency, in place.</summary>
    /// <param name="decisions">Decisions with the velocities they were made of, in micros per second.</param>
    /// <param name="asOfMs">Up to when spend is known.</param>
    /// <param name="stalenessMs">How old that is.</param>
    /// <param name="capMicros">The cap.</param>
    public static void Apply(Span<(BudgetDecision Decision, long MicrosPerSecond)> decisions, long asOfMs, long stalenessMs, long capMicros)
    {
        Int128 velocity = 0;
        foreach (ref readonly var each in decisions)
            velocity += each.Decision.IsOpen ? each.MicrosPerSecond : 0;
        while (AtRisk(velocity, stalenessMs) >= capMicros && Fastest(decisions) is var fastest and >= 0)
        {
            ref var held = ref decisions[fastest];
            velocity -= held.MicrosPerSecond;
            held.Decision = held.Decision with { State = BudgetState.Held, Reason = BudgetReason.MoneyAtRisk };
        }

        if (velocity == 0)
            return;
        var trustUntil = asOfMs + MoneyAtRisk.Lasts(capMicros, (long)Int128.Min(long.MaxValue, velocity));
        foreach (ref var each in decisions)
        {
            if (each.Decision.IsOpen && each.MicrosPerSecond > 0 && trustUntil >= asOfMs && trustUntil < each.Decision.OpenUntilMs)
                each.Decision = each.Decision with { OpenUntilMs = trustUntil };
        }
    }

    private static Int128 AtRisk(Int128 microsPerSecond, long stalenessMs) => ((microsPerSecond * stalenessMs) + 999) / 1_000;

    // Whoever spends nothing risks nothing: holding it back would help nobody.
    private static int Fastest(ReadOnlySpan<(BudgetDecision Decision, long MicrosPerSecond)> decisions)
    {
        var fastest = -1;
        for (var i = 0; i < decisions.Length; i++)
        {
            var (decision, velocity) = decisions[i];
            if (decision.IsOpen && velocity > 0 && (fastest < 0 || velocity > decisions[fastest].MicrosPerSecond))
                fastest = i;
        }

        return fastest;
    }
}
