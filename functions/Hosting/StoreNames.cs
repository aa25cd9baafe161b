namespace ClickFuncs.Functions.Hosting;

/// <summary>Names that the app and the infrastructure share. A test compares them with <c>infra/</c>.</summary>
public static class StoreNames
{
    /// <summary>Cosmos DB container of the partitions' state.</summary>
    public const string Partitions = "partitions";

    /// <summary>Cosmos DB container of budgets, spend and decisions.</summary>
    public const string Budgets = "budgets";

    /// <summary>Cosmos DB container of velocity flags.</summary>
    public const string Flags = "flags";

    /// <summary>Table of the catalog.</summary>
    public const string Catalog = "Catalog";

    /// <summary>Table of API keys, session keys and ended sessions.</summary>
    public const string ApiKeys = "ApiKeys";

    /// <summary>Table of the ledger.</summary>
    public const string Ledger = "Ledger";

    /// <summary>Container of spools, in the lake's account.</summary>
    public const string Spool = "spool";
}
