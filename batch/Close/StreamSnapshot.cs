using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Freshness;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// Keeps the stream's numbers of a day in the lake as they were at one time, for the comparison and whoever doubts it later; and, in the
/// same file, which log records they account for.
/// </summary>
internal sealed class StreamSnapshot(ILake lake, IAnalyticsTruth truth, ScratchOptions scratch)
{
    private const string Positions = "positions";
    private const long DayMs = 24L * 60 * 60 * 1000;

    /// <summary>Writes the file, unless an earlier try has.</summary>
    /// <param name="files">The close's files.</param>
    /// <param name="published">By partition, a record up to which the stream has published; read before this call.</param>
    /// <param name="cancellationToken">Stops before the file is there.</param>
    /// <returns>For these partitions, the last record that is in the numbers.</returns>
    public async Task<IReadOnlyDictionary<int, long>> WriteAsync(
        CloseFiles files, IReadOnlyDictionary<int, long> published, CancellationToken cancellationToken)
    {
        using var database = new ScratchDatabase(scratch);
        if (await lake.FindAsync(files.Stream, cancellationToken) is null)
            await CreateAsync(database, files, published, cancellationToken);

        // Always from the file: after a try that was cut off here, what has been published since is not in it.
        await using var file = await lake.FetchAsync(files.Stream, cancellationToken);
        return ReadPositions(database, file.LocalPath, cancellationToken);
    }

    private async Task CreateAsync(
        ScratchDatabase database, CloseFiles files, IReadOnlyDictionary<int, long> published, CancellationToken cancellationToken)
    {
        var start = new DateTimeOffset(files.Date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var versions = await StreamHours.LoadAsync(
            database.Connection, truth.ReadStreamHoursAsync(start, start + DayMs, cancellationToken), cancellationToken);

        // A store may know less of a partition whose last records gave it no row.
        var positions = string.Join(',', published.OrderBy(partition => partition.Key).Select(partition => string.Create(
            CultureInfo.InvariantCulture, $"{partition.Key}:{Math.Max(partition.Value, versions.GetValueOrDefault(partition.Key, -1))}")));
        var local = Path.Combine(database.Folder, "stream.parquet");
        database.Execute(
            $"COPY (FROM stream_hours WHERE {ProbeIdentity.LeftOutSql} ORDER BY ALL) TO {SqlText.Of(local)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{Positions}: {SqlText.Of(positions)}}})",
            cancellationToken);
        await lake.CreateFromAsync(files.Stream, local, cancellationToken);
    }

    private static Dictionary<int, long> ReadPositions(ScratchDatabase database, string path, CancellationToken cancellationToken)
    {
        using var reader = database.Query(
            $"SELECT decode(value) FROM parquet_kv_metadata({SqlText.Of(path)}) WHERE decode(key) = '{Positions}'", cancellationToken);
        if (!reader.Read())
            throw new NonRetryableException($"{path} does not say which records are in it: it was written by an older version. Start the close again.");
        return reader.GetString(0).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(':')).ToDictionary(
            entry => int.Parse(entry[0], CultureInfo.InvariantCulture), entry => long.Parse(entry[1], CultureInfo.InvariantCulture));
    }
}
