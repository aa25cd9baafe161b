using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Api.SignIn.Tokens;

/// <summary>Reads a key set as if it were an issuer's metadata, so that a file of keys rotates like an authority's.</summary>
internal sealed class KeySetRetriever(string issuer) : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    /// <exception cref="InvalidDataException">The file holds no key that a signature could be verified with.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        var keys = Parse(await retriever.GetDocumentAsync(address, cancel), address);
        var configuration = new OpenIdConnectConfiguration { Issuer = issuer };
        foreach (var key in keys)
            configuration.SigningKeys.Add(key);
        return configuration;
    }

    /// <summary>The signing keys of a JSON Web Key Set.</summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public static IReadOnlyList<SecurityKey> Parse(string json, string path)
    {
        try
        {
            // A symmetric key verifies nothing here: its algorithms are not allowed.
            var keys = new JsonWebKeySet(json).GetSigningKeys().Where(key => key is not SymmetricSecurityKey && key.KeyId is { Length: > 0 }).ToList();
            return keys.Count > 0 ? keys : throw new InvalidDataException($"The key set {path} holds no RSA or EC signing key with a 'kid'.");
        }
        catch (ArgumentException failure)
        {
            throw new InvalidDataException($"The key set {path} can't be read as JSON Web Key Set.", failure);
        }
    }
}
