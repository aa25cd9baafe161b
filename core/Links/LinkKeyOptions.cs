namespace ClickFuncs.Links;

/// <summary>One signing key as configured.</summary>
public sealed class LinkKeyOptions
{
    /// <summary>What links call the key: 1 to 255. Never give a used id to another secret.</summary>
    public int Id { get; set; }

    /// <summary>At least 32 random bytes in base64. Comes from a secret store, never from a file in the repository.</summary>
    public string Secret { get; set; } = "";
}
