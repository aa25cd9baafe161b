namespace ClickFuncs.Analytics;

/// <summary>Some of what the stream counted, and up to where the stream had counted when it was read.</summary>
/// <param name="Versions">By partition, the highest version the store holds of its rows, which is the last log record they account for; the same in
/// every batch of a reading. A partition that never published is not there.</param>
/// <param name="Rows">Rows per hour and full key; each pair at most once in a reading.</param>
public sealed record StreamHoursBatch(IReadOnlyDictionary<int, long> Versions, IReadOnlyList<AnalyticsRow> Rows);
