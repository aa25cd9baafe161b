using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Compaction;

/// <summary>Checks that the archive is what it was: the chain of manifests, the ranges they cover, and the digest of every file they name.</summary>
public sealed class PartsVerification(ILake lake)
{
    private readonly PartManifests _manifests = new(lake);
    private RetiredArchive? _retired;

    /// <summary>Reads every file of every part.</summary>
    /// <returns>What is wrong, each a sentence; none if all is well.</returns>
    public async IAsyncEnumerable<string> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (_retired, _) = await RetiredArchives.TryFindNewestAsync(lake, cancellationToken);
        foreach (var slice in await _manifests.ListSlicesAsync(cancellationToken))
        {
            await foreach (var finding in FindInSliceAsync(slice, cancellationToken))
                yield return finding;
        }
    }

    private async IAsyncEnumerable<string> FindInSliceAsync(string slice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PartManifest? before = null;
        string? digestBefore = null;
        await foreach (var file in lake.ListAsync(PartPaths.ManifestsOf(slice), cancellationToken))
        {
            var (read, problem) = await TryReadAsync(file.Path, cancellationToken);
            if (read is not { } part)
            {
                yield return problem!;
                (before, digestBefore) = (null, null);
                continue;
            }

            foreach (var finding in FindInChain(before, digestBefore, part.Manifest))
                yield return finding;
            await foreach (var finding in FindInFilesAsync(part.Manifest, cancellationToken))
                yield return finding;
            (before, digestBefore) = (part.Manifest, part.Sha256);
        }
    }

    private async Task<((PartManifest Manifest, string Sha256)? Read, string? Problem)> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await _manifests.ReadAsync(path, cancellationToken), null);
        }
        catch (PartManifestException failure)
        {
            return (null, failure.Message);
        }
    }

    private static IEnumerable<string> FindInChain(PartManifest? before, string? digestBefore, PartManifest manifest)
    {
        if (before == null)
        {
            if (manifest.Part == 1 && manifest.Previous != null)
                yield return $"Manifest {manifest.Path} is the first of its slice, but names one before it.";
            else if (manifest.Part != 1)
                yield return $"Manifest {manifest.Path}: the one before it is missing or can't be read.";
            yield break;
        }

        if (manifest.Part != before.Part + 1)
        {
            yield return $"Manifest {manifest.Path} follows {before.Path}: manifests between them are missing.";
            yield break;
        }

        if (manifest.Previous != digestBefore)
            yield return $"Manifest {before.Path} was altered: the one after it names another digest.";
        var known = before.Partitions.ToDictionary(range => range.Partition);
        foreach (var range in manifest.Partitions)
        {
            if (known.GetValueOrDefault(range.Partition) is { } last
                && (range.FirstSequence != last.NextSequence || range.StreamTimeBeforeMs != last.StreamTimeAfterMs))
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"Manifest {manifest.Path}: partition {range.Partition} does not go on where the part before ended, at record {last.NextSequence}.");
        }
    }

    private async IAsyncEnumerable<string> FindInFilesAsync(PartManifest manifest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (path, length, digest) in manifest.Sources.Select(source => (source.Path, source.Length, source.Sha256))
                     .Concat(manifest.Files.Select(file => (file.Path, file.Length, file.Sha256))))
        {
            if (await FindInFileAsync(path, length, digest, cancellationToken) is { } problem)
                yield return $"{path}, which {manifest.Path} names, {problem}.";
        }
    }

    // A capture file that has served its time may be gone, and where it is not gone yet it must be what it was.
    private bool IsGivenUp(string path) => CapturePath.TryParse(path, out var capture) && _retired?.Includes(capture!) == true;

    private async Task<string?> FindInFileAsync(string path, long length, string digest, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(path, cancellationToken) is not { } file)
            return IsGivenUp(path) ? null : "is missing";
        if (file.Length != length)
            return string.Create(CultureInfo.InvariantCulture, $"has {file.Length} bytes instead of {length}");
        await using var stream = await lake.OpenReadAsync(path, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == digest ? null : "was altered: its digest is another";
    }
}
