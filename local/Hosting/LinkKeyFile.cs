using System.Security.Cryptography;
using System.Text.Json;
using ClickFuncs.Links;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// The keys of a machine that was given none: made at first use, kept in the data folder, readable by its owner only. To
/// rotate, add a key with a new id and make it the active one; take the old one away after a link's lifetime.
/// </summary>
internal static class LinkKeyFile
{
    /// <summary>The options as they are if they name keys, else with the keys of the file, which is made when missing.</summary>
    public static LinkOptions Complete(LinkOptions configured, string path)
    {
        if (configured.Keys.Count > 0)
            return configured;
        if (!File.Exists(path))
        {
            var made = new Content(1, [new LinkKeyOptions { Id = 1, Secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }]);
            DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(made, JsonSerializerOptions.Web), ownerOnly: true);
        }

        var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{path} holds no link keys.");
        return new LinkOptions
        {
            Keys = content.Keys,
            ActiveKeyId = content.ActiveKeyId,
            Lifetime = configured.Lifetime,
            ClockSkew = configured.ClockSkew,
        };
    }

    private sealed record Content(int ActiveKeyId, IList<LinkKeyOptions> Keys);
}
