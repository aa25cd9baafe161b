namespace ClickFuncs.Batch.Recount;

/// <summary>The recount of one bucket of a day, in the lake.</summary>
/// <param name="Path">A Parquet file; columns as docs/decisions/0006 says.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record RecountFile(string Path, long Rows);
