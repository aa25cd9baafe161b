using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Compaction;

/// <summary>The manifests in the lake: which parts there are.</summary>
public sealed class PartManifests(ILake lake)
{
    /// <summary>Slices that have parts, in order of their names.</summary>
    public async Task<IReadOnlyList<string>> ListSlicesAsync(CancellationToken cancellationToken)
    {
        var slices = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var file in lake.ListAsync(PartPaths.Manifests, cancellationToken))
            slices.Add(file.Path[PartPaths.Manifests.Length..file.Path.LastIndexOf('/')]);
        return [.. slices];
    }

    /// <summary>The parts of a slice, the newest first; each is read when it is asked for.</summary>
    /// <exception cref="PartManifestException">One can't be understood.</exception>
    public async IAsyncEnumerable<PartManifest> ReadBackAsync(string slice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paths = new Stack<string>();
        await foreach (var file in lake.ListAsync(PartPaths.ManifestsOf(slice), cancellationToken))
            paths.Push(file.Path);
        foreach (var path in paths)
            yield return (await ReadAsync(path, cancellationToken)).Manifest;
    }

    /// <summary>The newest part of a slice and the digest of its manifest; null before the first.</summary>
    internal async Task<(PartManifest Manifest, string Sha256)?> FindLastAsync(string slice, CancellationToken cancellationToken)
    {
        string? last = null;
        await foreach (var file in lake.ListAsync(PartPaths.ManifestsOf(slice), cancellationToken))
            last = file.Path;
        return last == null ? null : await ReadAsync(last, cancellationToken);
    }

    /// <summary>Reads a manifest and its digest.</summary>
    internal async Task<(PartManifest Manifest, string Sha256)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenReadAsync(path, cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return (PartManifestJson.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), path), Digest(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>Makes the part exist, unless another owner has made one of this number.</summary>
    internal ValueTask<bool> CreateAsync(PartManifest manifest, CancellationToken cancellationToken) => lake.CreateAsync(
        manifest.Path, (stream, token) => stream.WriteAsync(PartManifestJson.Write(manifest), token), cancellationToken);

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
