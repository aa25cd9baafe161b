using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Api.SignIn.Tokens;

/// <summary>
/// An issuer that a host is itself, for one machine without an identity provider. A host that registers it accepts tokens signed
/// with ES256 by its key, beside those of the configured issuer. Never on a host that others can reach, unless told to.
/// </summary>
/// <param name="publicKey">The key's public half.</param>
public sealed class DevelopmentIssuer(JsonWebKey publicKey)
{
    /// <summary>What its tokens name as issuer.</summary>
    public const string Name = "urn:clickfuncs:development";

    /// <summary>Verifies its tokens.</summary>
    public JsonWebKey PublicKey { get; } = publicKey;
}
