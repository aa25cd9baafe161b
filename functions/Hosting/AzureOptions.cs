using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Functions.Hosting;

/// <summary>
/// Where the services are that the app stands on. Section <c>ClickFuncs:Azure</c>; functions/README.md lists all settings. What has no default is
/// asked for in <see cref="Validate"/>, not by attributes: while one of those fails, nothing else is looked at, and missing settings would be told one after the other.
/// </summary>
public sealed class AzureOptions : IValidatableObject
{
    /// <summary>Client id of the user-assigned identity that all clients use; null for the default credential.</summary>
    public string? ClientId { get; set; }

    /// <summary>Partitions of the click log's hub, 1 to 2,048. No default: it must be what the hub has.</summary>
    public int ClickLogPartitions { get; set; }

    /// <summary>Address of the Cosmos DB account.</summary>
    public Uri? CosmosEndpoint { get; set; }

    /// <summary>Connection string of an emulator, instead of <see cref="CosmosEndpoint"/>.</summary>
    public string? CosmosConnection { get; set; }

    /// <summary>Database in it. Default <c>clickfuncs</c>.</summary>
    [Required]
    public string CosmosDatabase { get; set; } = "clickfuncs";

    /// <summary>Address of the tables.</summary>
    public Uri? TablesEndpoint { get; set; }

    /// <summary>Blob address of the Data Lake account.</summary>
    public Uri? LakeEndpoint { get; set; }

    /// <summary>Connection string of an emulator of tables and blobs, instead of <see cref="TablesEndpoint"/> and <see cref="LakeEndpoint"/>.</summary>
    public string? StorageConnection { get; set; }

    /// <summary>The lake's container. Default <c>lake</c>.</summary>
    [Required]
    public string LakeContainer { get; set; } = "lake";

    /// <summary>Address of the Kusto cluster. With http it is an emulator's, which is asked without a token.</summary>
    public Uri? KustoEndpoint { get; set; }

    /// <summary>Database in it. Default <c>clickfuncs</c>.</summary>
    [Required]
    public string KustoDatabase { get; set; } = "clickfuncs";

    /// <summary>32 random bytes in base64: makes the pseudonyms of the archive. From a secret store.</summary>
    public string PseudonymSecret { get; set; } = "";

    /// <summary>32 random bytes in base64: makes the pseudonyms of velocity rules. From a secret store.</summary>
    public string IdentitySecret { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClickLogPartitions is < 1 or > 2048)
            yield return new ValidationResult("ClickLogPartitions must be what the click log's hub has, 1 to 2048.", [nameof(ClickLogPartitions)]);
        if (CosmosEndpoint is null && CosmosConnection is null)
            yield return new ValidationResult("Set CosmosEndpoint, or CosmosConnection for an emulator.", [nameof(CosmosEndpoint)]);
        if (StorageConnection is null && TablesEndpoint is null)
            yield return new ValidationResult("Set TablesEndpoint, or StorageConnection for an emulator.", [nameof(TablesEndpoint)]);
        if (StorageConnection is null && LakeEndpoint is null)
            yield return new ValidationResult("Set LakeEndpoint, or StorageConnection for an emulator.", [nameof(LakeEndpoint)]);
        if (KustoEndpoint is null)
            yield return new ValidationResult("Set KustoEndpoint.", [nameof(KustoEndpoint)]);
        foreach (var (name, secret) in new[] { (nameof(PseudonymSecret), PseudonymSecret), (nameof(IdentitySecret), IdentitySecret) })
        {
            if (!IsSecret(secret))
                yield return new ValidationResult($"{name} must be 32 bytes in base64; make one with: openssl rand -base64 32", [name]);
        }
    }

    private static bool IsSecret(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == 32;
    }
}
