namespace ClickFuncs.Functions.Kusto;

/// <summary>The analytics database did not do what it was asked. The message has its own words, cut.</summary>
public sealed class KustoException(string message) : Exception(message)
{
    /// <summary>Whether the answer would have had more rows or bytes than the service gives at once.</summary>
    public bool IsTooLarge { get; init; }
}
