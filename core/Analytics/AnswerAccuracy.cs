namespace ClickFuncs.Analytics;

/// <summary>How true an answer as a whole is. Pure.</summary>
public static class AnswerAccuracy
{
    /// <summary>What was asked for; to <see cref="Accuracy.Auto"/> final only if every point is, since a sum is as true as its least true part.</summary>
    public static Accuracy Of(AnalyticsQuery query, IReadOnlyList<AnalyticsPoint> points)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(points);
        if (query.Accuracy != Accuracy.Auto)
            return query.Accuracy;
        return points.Count > 0 && points.All(point => point.Accuracy == Accuracy.Final) ? Accuracy.Final : Accuracy.Live;
    }
}
