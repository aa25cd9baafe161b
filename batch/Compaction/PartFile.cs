namespace ClickFuncs.Batch.Compaction;

/// <summary>A Parquet file of a part.</summary>
/// <param name="Path">Path in the lake; it holds a part of the digest, so that another attempt with another content has another name.</param>
/// <param name="Bucket">Bucket of its events; -1 for records that could not be decoded.</param>
/// <param name="FirstDay">Event day of its earliest event, days since 1970-01-01; 0 for records that could not be decoded.</param>
/// <param name="LastDay">Event day of its latest event.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Sha256">Digest, in hexadecimal.</param>
public sealed record PartFile(string Path, int Bucket, int FirstDay, int LastDay, long Rows, long Length, string Sha256);
