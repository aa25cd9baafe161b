using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics.Staging;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Decides for each row of one publish whether it is taken, and remembers what follows from it.</summary>
/// <remarks>
/// Not taken is what a backfill has replaced, and what belongs to a minute that retention has deleted: its counts may be in
/// the hours already. Retention waits until no partition can correct a minute any more, so that is a repetition; or the first
/// event ever of a partition, which is reported and left to the nightly recount.
/// </remarks>
internal sealed class PublishGate
{
    private readonly long _hoursThrough;
    private readonly long _minutesFrom;
    private readonly ReplacedRanges _replaced;
    private readonly HashSet<long> _correctedHours = [];
    private readonly Dictionary<(int Partition, long Version), long> _expired = [];
    private long _lastHour = -1;

    private PublishGate(long hoursThrough, long minutesFrom, ReplacedRanges replaced) =>
        (_hoursThrough, _minutesFrom, _replaced) = (hoursThrough, minutesFrom, replaced);

    /// <summary>Hours that are rolled up and get new rows.</summary>
    internal IReadOnlyCollection<long> CorrectedHours => _correctedHours;

    /// <summary>Reads what it takes to decide, as of the connection's transaction.</summary>
    internal static PublishGate Read(DuckDbConnection connection)
    {
        using var reader = connection.Query(
            """
            SELECT (SELECT through_ms FROM rolled WHERE width_ms = 3600000), (SELECT from_ms FROM kept WHERE width_ms = 60000),
                EXISTS (SELECT 1 FROM replaced)
            """);
        reader.Read();
        var (hoursThrough, minutesFrom, anyReplaced) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
        return new PublishGate(hoursThrough, minutesFrom, anyReplaced ? ReplacedRanges.Read(connection) : ReplacedRanges.None);
    }

    /// <summary>Whether a window of a set is taken.</summary>
    internal bool Accepts(WindowRowSet set, long startMs)
    {
        if (startMs < _minutesFrom)
        {
            var id = (set.Partition, set.Version);
            _expired[id] = _expired.GetValueOrDefault(id) + 1;
            return false;
        }

        if (_replaced.Contains(set.Partition, set.Version, startMs))
            return false;
        var hour = startMs / Granularities.HourMs;
        if (startMs < _hoursThrough && hour != _lastHour)
        {
            _lastHour = hour;
            _correctedHours.Add(hour * Granularities.HourMs);
        }

        return true;
    }

    /// <summary>How many rows came too late to be taken, repetitions not counted. Ask before the versions of this publish are noted.</summary>
    internal long CountExpired(DuckDbConnection connection)
    {
        if (_expired.Count == 0)
            return 0;
        var versions = PartitionVersions.Read(connection);
        return _expired.Where(rows => rows.Key.Version > versions.GetValueOrDefault(rows.Key.Partition, -1)).Sum(rows => rows.Value);
    }
}
