namespace ClickFuncs.Functions.Cosmos;

/// <summary>
/// Limits of the service (https://learn.microsoft.com/azure/cosmos-db/concepts-limits): 100 operations and 2 MB in a transactional
/// batch, 2 MB in a document.
/// </summary>
public static class DocumentLimits
{
    /// <summary>Most writes of a batch.</summary>
    public const int MaxWrites = 100;

    /// <summary>Most bytes of a document, and of a batch.</summary>
    public const int MaxBytes = 2_000_000;

    /// <summary>Most raw bytes that go into one document as base64, with room for the rest of it and of its batch.</summary>
    public const int MaxRawBytes = 1_000_000;
}
