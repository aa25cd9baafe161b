using System.Globalization;
using System.Security.Cryptography;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Writes the files of a part into the lake. None of them counts before a manifest names it: a crash leaves files that nobody reads, and
/// the next attempt finds them or writes others, since the digest of the content is in the name.
/// </summary>
internal sealed class PartWriter(ILake lake, CompactionOptions options, string slice, int part)
{
    /// <summary>Writes everything that was collected.</summary>
    /// <returns>The files, ascending by path.</returns>
    internal async Task<IReadOnlyList<PartFile>> WriteAsync(PartCollector collector, CancellationToken cancellationToken)
    {
        var tables = collector.Tables;
        tables.Flush();
        var files = new List<PartFile>();
        var ownDays = OwnDays(tables.Rows);
        var cells = tables.Rows.GroupBy(cell => (Day: ownDays.Contains(cell.Key.Day) ? cell.Key.Day : (int?)null, cell.Key.Bucket));
        foreach (var cell in cells.OrderBy(cell => cell.Key.Bucket).ThenBy(cell => cell.Key.Day))
        {
            var (day, bucket) = cell.Key;
            var content = new PartFile(
                "", bucket, cell.Min(days => days.Key.Day), cell.Max(days => days.Key.Day), cell.Sum(days => days.Value), 0, "");
            var sql = $"SELECT * FROM {tables.TableOf(bucket)} WHERE {DaysSql(day, ownDays)} AND {BucketSql(bucket)}";
            files.Add(await WriteAsync(
                collector.Database, sql, content, digest => PartPaths.Events(day is { } own ? EventDays.Text(own) : "other", bucket, slice, part, digest), cancellationToken));
        }

        if (tables.Undecoded.Rows > 0)
        {
            var content = new PartFile("", -1, 0, 0, tables.Undecoded.Rows, 0, "");
            files.Add(await WriteAsync(
                collector.Database, "SELECT * FROM undecoded", content, digest => PartPaths.Undecoded(slice, part, digest), cancellationToken));
        }

        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>The days with the most events; of equal ones the later.</summary>
    private HashSet<int> OwnDays(IReadOnlyDictionary<(int Day, int Bucket), long> rows) =>
    [
        .. rows.GroupBy(cell => cell.Key.Day, cell => cell.Value)
            .OrderByDescending(day => day.Sum()).ThenByDescending(day => day.Key).Take(options.MaxDaysPerPart).Select(day => day.Key),
    ];

    private static string DaysSql(int? day, HashSet<int> ownDays) => day is { } own
        ? string.Create(CultureInfo.InvariantCulture, $"event_time_ms >= {EventDays.StartMs(own)} AND event_time_ms < {EventDays.StartMs(own + 1)}")
        : string.Create(CultureInfo.InvariantCulture, $"event_time_ms // {EventDays.DayMs} NOT IN ({string.Join(", ", ownDays)})");

    private string BucketSql(int bucket)
    {
        var range = new HashRange(bucket, options.Buckets);
        return $"id_hash BETWEEN {SqlText.Of(range.First)} AND {SqlText.Of(range.Last)}";
    }

    private async Task<PartFile> WriteAsync(
        ScratchDatabase database, string sql, PartFile content, Func<string, string> pathOf, CancellationToken cancellationToken)
    {
        var local = Path.Combine(database.Folder, "file.parquet");
        var rows = database.Execute($"COPY ({sql}) TO {SqlText.Of(local)} {PartSchema.FileFormat}", cancellationToken);
        if (rows != content.Rows)
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"Slice {slice}, part {part}, bucket {content.Bucket}: {content.Rows} rows were collected, but {rows} written. Nothing of the part was published."));
        await using var file = new FileStream(local, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.DeleteOnClose);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        var path = pathOf(digest);
        await lake.CreateAsync(path, (stream, token) => CopyAsync(file, stream, token), cancellationToken);
        return content with { Path = path, Length = file.Length, Sha256 = digest };
    }

    private static async ValueTask CopyAsync(FileStream file, Stream target, CancellationToken cancellationToken)
    {
        file.Position = 0;
        await file.CopyToAsync(target, cancellationToken);
    }
}
