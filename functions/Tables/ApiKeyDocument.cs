using ClickFuncs.ApiKeys;

namespace ClickFuncs.Functions.Tables;

/// <summary>An API key as it is stored: never the key itself.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Pk">Partition key.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="AdvertiserId">The one advertiser it may act for; null for any.</param>
/// <param name="Hash">SHA-256 of the whole key.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was taken back.</param>
public sealed record ApiKeyDocument(
    string Id, string Pk, string Name, string? AdvertiserId, byte[] Hash, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>What is stored of a key.</summary>
    public static ApiKeyDocument Of(ApiKey key, string pk)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new ApiKeyDocument(key.Id, pk, key.Name, key.AdvertiserId, key.Hash.ToArray(), key.CreatedAt, key.RevokedAt);
    }

    /// <summary>The key again.</summary>
    public ApiKey ToKey() => new() { Id = Id, Name = Name, AdvertiserId = AdvertiserId, Hash = Hash, CreatedAt = CreatedAt, RevokedAt = RevokedAt };
}
