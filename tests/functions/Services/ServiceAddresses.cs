namespace ClickFuncs.Functions.Tests.Services;

/// <summary>Where services or their emulators are, for those who have them. What is there is used and not cleaned up: give a test account.</summary>
internal static class ServiceAddresses
{
    /// <summary>Connection string of a storage account or Azurite: blobs and tables.</summary>
    public const string Storage = "CLICKFUNCS_TEST_STORAGE";

    /// <summary>Connection string of a Cosmos DB account.</summary>
    public const string Cosmos = "CLICKFUNCS_TEST_COSMOS";

    /// <summary>Connection string of an emulator without batches and sorting: what it lacks is made up for, see <see cref="LimitedCosmosDocuments"/>.</summary>
    public const string LimitedCosmos = "CLICKFUNCS_TEST_COSMOS_LIMITED";

    /// <summary>Address of a Kusto cluster or emulator, and the database after it, such as <c>http://localhost:8080/NetDefaultDB</c>. The schema's tables are
    /// emptied before each test, see <see cref="KustoDatabase"/>.</summary>
    public const string Kusto = "CLICKFUNCS_TEST_KUSTO";

    public static string? Find(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static string Require(string name) => Find(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
