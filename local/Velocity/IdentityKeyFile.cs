using System.Security.Cryptography;
using System.Text.Json;
using ClickFuncs.Local.Storage;
using ClickFuncs.Privacy;

namespace ClickFuncs.Local.Velocity;

/// <summary>The secret behind the pseudonyms of the second stage: made at first use, kept in the data folder, readable by its owner only.</summary>
internal static class IdentityKeyFile
{
    /// <summary>Reads the secret, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static IdentityKeys Open(string path)
    {
        if (!File.Exists(path))
        {
            var made = new Content(Convert.ToBase64String(RandomNumberGenerator.GetBytes(IdentityKeys.SecretBytes)));
            DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(made, JsonSerializerOptions.Web), ownerOnly: true);
        }

        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return new IdentityKeys(Convert.FromBase64String(content?.Secret ?? ""));
        }
        catch (Exception failure) when (failure is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{path} holds no key ({failure.Message}). Restore or delete it; with a new one, present velocity flags find nobody.", failure);
        }
    }

    private sealed record Content(string Secret);
}
