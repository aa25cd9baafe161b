namespace ClickFuncs.ApiKeys;

/// <summary>What is kept of an API key: whose it is and a hash, never the key.</summary>
public sealed record ApiKey
{
    /// <summary>The part of the key that is no secret; names it in lists and logs.</summary>
    public required string Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The one advertiser it may act for; null for any.</summary>
    public string? AdvertiserId { get; init; }

    /// <summary>SHA-256 of the whole key.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken back; null while it is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
