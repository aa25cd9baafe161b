using System.Globalization;
using System.Text.Json;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>The closes there were, kept in the lake as <c>closes/{date}/r{revision}.json</c>.</summary>
public sealed class CloseRecords(ILake lake)
{
    /// <summary>The newest close of a day, or null if it was never closed.</summary>
    public async ValueTask<CloseRecord?> FindNewestAsync(DateOnly date, CancellationToken cancellationToken)
    {
        LakeFile? newest = null;
        await foreach (var file in lake.ListAsync(Folder(date), cancellationToken))
            newest = file;
        return newest is null ? null : await ReadAsync(newest.Path, cancellationToken);
    }

    /// <summary>One close of a day, or null if there is none of that number.</summary>
    public async ValueTask<CloseRecord?> FindAsync(DateOnly date, int revision, CancellationToken cancellationToken) =>
        await lake.FindAsync(PathOf(date, revision), cancellationToken) is { } file ? await ReadAsync(file.Path, cancellationToken) : null;

    /// <summary>The newest close of every closed day, ascending by day.</summary>
    public async IAsyncEnumerable<CloseRecord> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var days = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var file in lake.ListAsync("closes/", cancellationToken))
            days[file.Path.Split('/')[1]] = file.Path;
        foreach (var path in days.Values)
            yield return await ReadAsync(path, cancellationToken);
    }

    /// <summary>Records a close; one of the same number that is there stays.</summary>
    public ValueTask<bool> AddAsync(CloseRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return lake.CreateAsync(
            PathOf(record.Date, record.Revision),
            async (stream, token) =>
            {
                await JsonSerializer.SerializeAsync(stream, record, CloseRecordJson.Default.CloseRecord, token);
                stream.WriteByte((byte)'\n');
            },
            cancellationToken);
    }

    private async ValueTask<CloseRecord> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await lake.OpenReadAsync(path, cancellationToken);
            await using (stream)
            {
                return await JsonSerializer.DeserializeAsync(stream, CloseRecordJson.Default.CloseRecord, cancellationToken)
                    ?? throw new LakeFileDamagedException(path, $"The close record {path} is empty. Restore it from a copy of the lake.");
            }
        }
        catch (JsonException e)
        {
            throw new LakeFileDamagedException(path, $"The close record {path} can't be read: {e.Message} Restore it from a copy of the lake.", e);
        }
    }

    private static string Folder(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"closes/{date:yyyy-MM-dd}/");

    // Four digits, so that the order of names is the order of revisions.
    private static string PathOf(DateOnly date, int revision) => string.Create(CultureInfo.InvariantCulture, $"{Folder(date)}r{revision:0000}.json");
}
