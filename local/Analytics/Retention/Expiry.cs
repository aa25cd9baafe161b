using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>
/// Deletes minutes and hours that coarser rows stand for. A step is one day in one transaction: the rows go, and the time from
/// which they are kept moves on, together. Ages are counted from the newest event, not from a clock, so that a file
/// imported years later keeps its minutes.
/// </summary>
/// <param name="minutesForMs">How long minutes are kept.</param>
/// <param name="hoursForMs">How long hours are kept.</param>
/// <param name="latenessMs">How long after a window its partition may still correct it.</param>
internal sealed class Expiry(long minutesForMs, long hoursForMs, long latenessMs)
{
    /// <summary>Deletes the minutes of the oldest day that is due.</summary>
    internal ExpiryStep StepMinutes(DuckDbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        if (WatermarkSpan.Read(connection) is not { } watermarks)
            return default;

        // A partition that lags behind may still correct its windows: the slowest decides.
        var due = Math.Min(watermarks.NewestMs - minutesForMs, watermarks.OldestMs + 1 - latenessMs);
        var target = Target(connection, due, Granularities.HourMs);
        var step = Delete(connection, Granularities.MinuteMs, KeptFrom.Read(connection).MinutesMs, target, "minute", "minute_log");
        if (step.ToMs > 0)
            connection.Execute(FormattableString.Invariant($"DELETE FROM replaced WHERE to_ms <= {step.ToMs}"));
        transaction.Commit();
        return step;
    }

    /// <summary>Deletes the hours of the oldest day that is due, of the stream and of the recount.</summary>
    internal ExpiryStep StepHours(DuckDbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        if (WatermarkSpan.Read(connection) is not { } watermarks)
            return default;
        var kept = KeptFrom.Read(connection);
        var target = Target(connection, Math.Min(watermarks.NewestMs - hoursForMs, kept.MinutesMs), Granularities.DayMs);
        var step = Delete(connection, Granularities.HourMs, kept.HoursMs, target, "hour", "final_hour");
        transaction.Commit();
        return step;
    }

    // Only what is rolled up into rows of this width, and not dirty there, may go.
    private static long Target(DuckDbConnection connection, long dueMs, long coarserMs)
    {
        var target = Math.Min(dueMs, TierState.Through(connection, coarserMs));
        var dirty = DirtySpans.Read(connection, coarserMs);
        return Granularities.Floor(dirty.Count == 0 ? target : Math.Min(target, dirty[0].FromMs), Granularities.DayMs);
    }

    private static ExpiryStep Delete(DuckDbConnection connection, long widthMs, long keptMs, long targetMs, string table, string other)
    {
        if (targetMs <= keptMs)
            return default;
        var oldest = $"SELECT least((SELECT min(start_ms) FROM {table}), (SELECT min(start_ms) FROM {other}), {targetMs}::BIGINT)";
        long end;
        using (var reader = connection.Query(oldest))
        {
            reader.Read();
            var oldestDay = Math.Max(keptMs, Granularities.Floor(reader.GetInt64(0), Granularities.DayMs));
            end = Math.Min(targetMs, oldestDay + Granularities.DayMs);
        }

        var rows = connection.Execute($"DELETE FROM {table} WHERE start_ms < {end}") + connection.Execute($"DELETE FROM {other} WHERE start_ms < {end}");
        connection.Execute($"UPDATE kept SET from_ms = {end} WHERE width_ms = {widthMs}");
        return new ExpiryStep(end, rows);
    }
}
