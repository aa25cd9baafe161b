using System.Security.Cryptography;
using System.Text.Json;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Closing;

/// <summary>The secret behind the pseudonyms of users and addresses: made at first use, kept in the data folder, readable by its owner only.</summary>
internal static class PseudonymKeyFile
{
    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static PseudonymKey Open(string path)
    {
        if (!File.Exists(path))
        {
            var made = new Content(Convert.ToBase64String(RandomNumberGenerator.GetBytes(PseudonymKey.SecretBytes)));
            DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(made, JsonSerializerOptions.Web), ownerOnly: true);
        }

        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return new PseudonymKey(Convert.FromBase64String(content?.Secret ?? ""));
        }
        catch (Exception failure) when (failure is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{path} holds no key ({failure.Message}). Restore it from a backup; a new one makes new pseudonyms, which can't be compared with the old.", failure);
        }
    }

    private sealed record Content(string Secret);
}
