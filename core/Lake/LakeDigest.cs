using System.Security.Cryptography;

namespace ClickFuncs.Lake;

/// <summary>The digest by which a file of the lake is known again: an altered byte changes it.</summary>
public static class LakeDigest
{
    /// <summary>SHA-256 of a file's bytes, 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="LakeFileMissingException">There is no such file.</exception>
    public static async ValueTask<string> Sha256Async(ILake lake, string path, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenReadAsync(path, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
