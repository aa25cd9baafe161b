using ClickFuncs.Analytics;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>Keeps the stream's numbers of a day in the lake as they were at one time, for the comparison and whoever doubts it later.</summary>
internal sealed class StreamSnapshot(ILake lake, IAnalyticsTruth truth, ScratchOptions scratch)
{
    private const long DayMs = 24L * 60 * 60 * 1000;

    /// <summary>Writes the file, unless an earlier try has.</summary>
    public async Task WriteAsync(CloseFiles files, CancellationToken cancellationToken)
    {
        using var database = new ScratchDatabase(scratch);
        var start = new DateTimeOffset(files.Date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await StreamHours.LoadAsync(database.Connection, truth.ReadStreamHoursAsync(start, start + DayMs, cancellationToken), cancellationToken);
        var local = Path.Combine(database.Folder, "stream.parquet");
        database.Execute(
            $"COPY (FROM stream_hours ORDER BY ALL) TO {SqlText.Of(local)} (FORMAT parquet, COMPRESSION zstd)", cancellationToken);
        await lake.CreateFromAsync(files.Stream, local, cancellationToken);
    }
}
