namespace ClickFuncs.Analytics;

/// <summary>
/// What <c>accuracy=final</c> can be asked. The recount is by the hour: it has no minutes, and no part of an hour. To
/// <c>accuracy=auto</c> the stream's minutes answer there, marked live. Pure.
/// </summary>
public static class FinalQueryRule
{
    /// <summary>A sentence for everything that keeps a query from being answered by final rows; empty for other accuracies.</summary>
    public static IEnumerable<string> Problems(Accuracy accuracy, Granularity? granularity, long? fromMs, long? toMs)
    {
        if (accuracy != Accuracy.Final)
            yield break;
        if (granularity == Granularity.Minute)
            yield return "accuracy=final counts by the hour: ask for granularity 1h or 1d, or for accuracy=auto.";
        else if (fromMs % Granularities.HourMs is not (null or 0) || toMs % Granularities.HourMs is not (null or 0))
            yield return "accuracy=final counts whole hours: start_time and end_time must be on the hour, or ask for accuracy=auto.";
    }

    /// <summary>Throws for a query that breaks the rule; for stores, which may be asked without the parser.</summary>
    /// <exception cref="AnalyticsQueryException">Final rows can't answer it.</exception>
    public static void Check(AnalyticsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var problem = Problems(query.Accuracy, query.Granularity, query.FromMs, query.ToMs).FirstOrDefault();
        if (problem is not null)
            throw new AnalyticsQueryException(problem);
    }
}
