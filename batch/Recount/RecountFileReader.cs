using System.Globalization;
using System.Runtime.CompilerServices;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Recount;

/// <summary>Reads the rows of recounts back.</summary>
/// <param name="lake">Where they are.</param>
/// <param name="scratch">What reading may take.</param>
public sealed class RecountFileReader(ILake lake, ScratchOptions scratch)
{
    private const int RowsPerBatch = 16_384;

    /// <summary>The rows of a recount in batches, by cause, hour and key.</summary>
    /// <exception cref="LakeFileMissingException">There is no such recount.</exception>
    public async IAsyncEnumerable<IReadOnlyList<RecountRow>> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var local = await lake.FetchAsync(path, cancellationToken);
        using var database = new ScratchDatabase(scratch);
        for (var first = 0L; ; first += RowsPerBatch)
        {
            var batch = Read(database, local.LocalPath, first, cancellationToken);
            if (batch.Count > 0)
                yield return batch;
            if (batch.Count < RowsPerBatch)
                yield break;
        }
    }

    private static List<RecountRow> Read(ScratchDatabase database, string path, long first, CancellationToken cancellationToken)
    {
        using var reader = database.Query(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT {RecountSql.ResultColumns} FROM read_parquet({SqlText.Of(path)}, file_row_number = true)
                WHERE file_row_number >= {first} AND file_row_number < {first + RowsPerBatch} ORDER BY file_row_number
                """),
            cancellationToken);
        var rows = new List<RecountRow>();
        while (reader.Read())
            rows.Add(ToRow(reader));
        return rows;
    }

    private static RecountRow ToRow(DuckDbReader reader)
    {
        var key = new DimensionKey(
            reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7),
            reader.GetString(8), reader.GetString(9), reader.GetString(17));
        var metrics = new WindowMetrics
        {
            Impressions = reader.GetInt64(10),
            RawClicks = reader.GetInt64(11),
            Clicks = reader.GetInt64(12),
            Conversions = reader.GetInt64(13),
            SpendMicros = reader.GetInt64(14),
            InvalidClicks = reader.GetInt64(15),
            OverBudgetClicks = reader.GetInt64(16),
        };
        return new RecountRow(RecountCauses.Parse(reader.GetString(0)), reader.GetInt64(1), key, metrics);
    }
}
