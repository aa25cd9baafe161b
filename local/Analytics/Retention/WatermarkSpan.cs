using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>How far the partitions have published: the watermarks that came with their newest rows, so nothing older is on its way.</summary>
/// <param name="OldestMs">Of the slowest partition that has seen an event.</param>
/// <param name="NewestMs">Of the fastest.</param>
internal readonly record struct WatermarkSpan(long OldestMs, long NewestMs)
{
    /// <summary>Reads it as of the connection's transaction; null before the first event.</summary>
    internal static WatermarkSpan? Read(DuckDbConnection connection)
    {
        using var statement = connection.Prepare("SELECT min(watermark_ms), max(watermark_ms) FROM partition_status WHERE watermark_ms > $1");
        using var reader = statement.Bind(1, long.MinValue).Query();
        return reader.Read() && !reader.IsNull(0) ? new WatermarkSpan(reader.GetInt64(0), reader.GetInt64(1)) : null;
    }
}
