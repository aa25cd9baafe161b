using System.Globalization;
using System.Text.Json;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Retirement;

/// <summary>What was given up of the archive, kept in the lake as <c>retired/{number}.json</c>.</summary>
public sealed class RetiredArchives(ILake lake)
{
    private const string Root = "retired/";

    /// <summary>The newest, which says all; null if nothing was ever given up.</summary>
    /// <exception cref="LakeFileDamagedException">It can't be read.</exception>
    public async ValueTask<RetiredArchive?> FindNewestAsync(CancellationToken cancellationToken)
    {
        LakeFile? newest = null;
        await foreach (var file in lake.ListAsync(Root, cancellationToken))
            newest = file;
        if (newest == null)
            return null;
        try
        {
            await using var stream = await lake.OpenReadAsync(newest.Path, cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, RetiredArchiveJson.Default.RetiredArchive, cancellationToken)
                ?? throw new LakeFileDamagedException(newest.Path, $"{newest.Path} is empty. Restore it from a copy of the lake.");
        }
        catch (JsonException failure)
        {
            throw new LakeFileDamagedException(newest.Path, $"{newest.Path} can't be read: {failure.Message} Restore it from a copy of the lake.", failure);
        }
    }

    /// <summary>The same for verification: what can't be read is a sentence.</summary>
    internal static async Task<(RetiredArchive? Retired, string? Problem)> TryFindNewestAsync(ILake lake, CancellationToken cancellationToken)
    {
        try
        {
            return (await new RetiredArchives(lake).FindNewestAsync(cancellationToken), null);
        }
        catch (LakeFileDamagedException failure)
        {
            return (null, failure.Message);
        }
    }

    /// <summary>Writes one; false if there is one of that number.</summary>
    internal ValueTask<bool> CreateAsync(RetiredArchive retired, CancellationToken cancellationToken) => lake.CreateAsync(
        string.Create(CultureInfo.InvariantCulture, $"{Root}{retired.Number:D8}.json"),
        JsonSerializer.SerializeToUtf8Bytes(retired, RetiredArchiveJson.Default.RetiredArchive), cancellationToken);
}
