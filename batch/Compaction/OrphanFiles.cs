using ClickFuncs.Lake;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Deletes what failed or losing compactions left: Parquet files of a part that exists, but that its manifest does not name. Files of the
/// part that is due next stay: its owner may be at work.
/// </summary>
public sealed class OrphanFiles(ILake lake)
{
    private readonly PartManifests _manifests = new(lake);

    /// <summary>Deletes them.</summary>
    /// <returns>Paths of what was deleted.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<string>();
        var manifests = new Dictionary<(string, int), HashSet<string>?>();
        await foreach (var file in lake.ListAsync(PartPaths.Root, cancellationToken))
        {
            if (!PartPaths.TryParse(file.Path, out var slice, out var part))
                continue;
            if (!manifests.TryGetValue((slice, part), out var named))
                manifests[(slice, part)] = named = await NamedAsync(slice, part, cancellationToken);
            if (named == null || named.Contains(file.Path))
                continue;
            await lake.DeleteAsync(file.Path, cancellationToken);
            deleted.Add(file.Path);
        }

        BatchInstruments.OrphanFiles.Add(deleted.Count);
        return deleted;
    }

    /// <summary>The files that a part's manifest names; null while there is no such part.</summary>
    private async Task<HashSet<string>?> NamedAsync(string slice, int part, CancellationToken cancellationToken)
    {
        var path = PartPaths.Manifest(slice, part);
        if (await lake.FindAsync(path, cancellationToken) == null)
            return null;
        var (manifest, _) = await _manifests.ReadAsync(path, cancellationToken);
        return [.. manifest.Files.Select(file => file.Path)];
    }
}
