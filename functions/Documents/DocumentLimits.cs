namespace ClickFuncs.Functions.Documents;

/// <summary>
/// Limits that both services have: https://learn.microsoft.com/azure/cosmos-db/concepts-limits and
/// https://learn.microsoft.com/azure/storage/tables/scalability-targets.
/// </summary>
public static class DocumentLimits
{
    /// <summary>Most writes of a batch.</summary>
    public const int MaxWrites = 100;
}
