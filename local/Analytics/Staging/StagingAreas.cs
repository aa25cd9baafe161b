using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>Which staging areas there are. Each has a table of its own, named by a number: dropping it costs nothing.</summary>
internal static class StagingAreas
{
    /// <summary>Their names, ascending.</summary>
    internal static IReadOnlyList<string> List(DuckDbConnection connection)
    {
        var names = new List<string>();
        using var reader = connection.Query("SELECT name FROM staging_area");
        while (reader.Read())
            names.Add(reader.GetString(0));
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The tables of all areas.</summary>
    internal static IReadOnlyList<string> Tables(DuckDbConnection connection)
    {
        var tables = new List<string>();
        using var reader = connection.Query("SELECT id FROM staging_area ORDER BY id");
        while (reader.Read())
            tables.Add(new StagingArea(reader.GetInt32(0)).Table);
        return tables;
    }

    /// <summary>An area; null when there is none of that name.</summary>
    internal static StagingArea? Find(DuckDbConnection connection, string name)
    {
        using var statement = connection.Prepare("SELECT id FROM staging_area WHERE name = $1");
        using var reader = statement.Bind(1, name).Query();
        return reader.Read() ? new StagingArea(reader.GetInt32(0)) : null;
    }

    /// <summary>An area, made now if there is none.</summary>
    internal static StagingArea Ensure(DuckDbConnection connection, string name)
    {
        if (Find(connection, name) is { } found)
            return found;
        StagingArea area;
        using (var reader = connection.Query("SELECT coalesce(max(id), 0) + 1 FROM staging_area"))
        {
            reader.Read();
            area = new StagingArea(reader.GetInt32(0));
        }

        var sql = new BoundSql();
        sql.Write($"INSERT INTO staging_area VALUES ({sql.Add(area.Id)}, {sql.Add(name)})").Execute(connection);
        connection.Execute($"CREATE TABLE {area.Table} ({AnalyticsSchema.VersionedColumns})");
        return area;
    }

    /// <summary>Drops an area.</summary>
    internal static void Drop(DuckDbConnection connection, StagingArea area) => connection.Execute(FormattableString.Invariant(
        $"DROP TABLE {area.Table}; DELETE FROM staged_position WHERE id = {area.Id}; DELETE FROM staging_area WHERE id = {area.Id}"));

    /// <summary>Whether an area was applied to a range.</summary>
    internal static bool IsApplied(DuckDbConnection connection, string area, TimeRange range)
    {
        using var statement = connection.Prepare("SELECT 1 FROM applied_area WHERE name = $1 AND from_ms = $2 AND to_ms = $3");
        using var reader = statement.Bind(1, area).Bind(2, range.FromMs).Bind(3, range.ToMs).Query();
        return reader.Read();
    }

    /// <summary>Notes that it was.</summary>
    internal static void NoteApplied(DuckDbConnection connection, string area, TimeRange range)
    {
        var sql = new BoundSql();
        sql.Write($"INSERT INTO applied_area VALUES ({sql.Add(area)}, {sql.Add(range.FromMs)}, {sql.Add(range.ToMs)})").Execute(connection);
    }
}
