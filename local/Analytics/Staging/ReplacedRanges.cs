using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>
/// What backfills have replaced: in a range of minutes, everything that a partition publishes up to a version. A row of
/// such a version that is published again, or only then, must not come back, whether or not the backfill has a row in its place.
/// </summary>
internal sealed class ReplacedRanges
{
    private readonly List<(TimeRange Range, int Partition, long Version)> _ranges = [];

    /// <summary>Nothing was replaced.</summary>
    internal static ReplacedRanges None { get; } = new();

    /// <summary>Reads them as of the connection's transaction.</summary>
    internal static ReplacedRanges Read(DuckDbConnection connection)
    {
        var replaced = new ReplacedRanges();
        using var reader = connection.Query("SELECT from_ms, to_ms, partition, version FROM replaced");
        while (reader.Read())
            replaced._ranges.Add((new TimeRange(reader.GetInt64(0), reader.GetInt64(1)), reader.GetInt32(2), reader.GetInt64(3)));
        return replaced;
    }

    /// <summary>Notes that an area takes the place of what is published of a range, and of what the stream will yet publish of the events that the backfill has read.</summary>
    internal static void Add(DuckDbConnection connection, StagingArea area, TimeRange range) => connection.Execute(FormattableString.Invariant(
        $"""
        INSERT INTO replaced SELECT {range.FromMs}, {range.ToMs}, partition, max(version) FROM (
            SELECT partition, version FROM partition_status UNION ALL SELECT partition, version FROM staged_position WHERE id = {area.Id})
        GROUP BY partition
        """));

    /// <summary>Whether a window's row of this version was replaced.</summary>
    internal bool Contains(int partition, long version, long startMs)
    {
        foreach (var replaced in _ranges)
        {
            if (replaced.Partition == partition && version <= replaced.Version && startMs >= replaced.Range.FromMs && startMs < replaced.Range.ToMs)
                return true;
        }

        return false;
    }
}
