using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClickFuncs.Batch.Compaction;

/// <summary>The stored form of manifests: the same manifest always gives the same bytes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PartManifest), TypeInfoPropertyName = "Manifest")]
internal sealed partial class PartManifestJson : JsonSerializerContext
{
    internal static byte[] Write(PartManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Default.Manifest);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="PartManifestException">It can't be understood.</exception>
    internal static PartManifest Read(ReadOnlySpan<byte> json, string path)
    {
        PartManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, Default.Manifest);
        }
        catch (JsonException failure)
        {
            throw new PartManifestException(path, "it is no manifest", failure);
        }

        if (manifest is not { Format: PartManifest.CurrentFormat })
            throw new PartManifestException(path, FormattableString.Invariant($"it has format {manifest?.Format}, this program reads format {PartManifest.CurrentFormat}"));
        return manifest.Path == path ? manifest : throw new PartManifestException(path, $"it says it is {manifest.Path}");
    }
}
