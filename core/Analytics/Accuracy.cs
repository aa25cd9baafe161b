namespace ClickFuncs.Analytics;

/// <summary>How true a point is, and which truth a query asks for (R33).</summary>
public enum Accuracy
{
    /// <summary>Only as a request: final where it exists, else live.</summary>
    Auto,

    /// <summary>Counted by the stream within seconds.</summary>
    Live,

    /// <summary>Recounted from the raw log and reconciled.</summary>
    Final,
}
