using System.Globalization;
using ClickFuncs.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.State;

/// <summary>The tables of <c>state.db</c> and their format version.</summary>
internal static class StateSchema
{
    /// <summary>Raised with every change that an older program would misread; upgrades are made when the file is opened.</summary>
    public const int FormatVersion = 1;

    // Deltas and side outputs are tables with a row id: without one, large blobs would lie in the index itself.
    private const string Tables = """
        CREATE TABLE meta (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL) STRICT;
        CREATE TABLE head (
            partition INTEGER PRIMARY KEY,
            token INTEGER NOT NULL,
            owner TEXT NOT NULL,
            position INTEGER NOT NULL DEFAULT -1,
            published INTEGER NOT NULL DEFAULT -1,
            snapshot_position INTEGER NOT NULL DEFAULT -1,
            snapshot_token INTEGER NOT NULL DEFAULT 0,
            watermark_ms INTEGER NOT NULL,
            committed_at_ms INTEGER NOT NULL DEFAULT 0,
            events_read INTEGER NOT NULL DEFAULT 0,
            accepted INTEGER NOT NULL DEFAULT 0,
            duplicates INTEGER NOT NULL DEFAULT 0,
            late_dropped INTEGER NOT NULL DEFAULT 0,
            quarantined INTEGER NOT NULL DEFAULT 0,
            non_clicks INTEGER NOT NULL DEFAULT 0,
            invalid INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE deltas (
            partition INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (partition, last)) STRICT;
        CREATE TABLE side_outputs (
            partition INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            reason TEXT NOT NULL,
            event_time_ms INTEGER NOT NULL,
            arrival_ms INTEGER NOT NULL,
            record BLOB NOT NULL,
            PRIMARY KEY (partition, kind, sequence)) STRICT;
        """;

    /// <summary>Makes the tables in an empty file, or checks that this program can read what is there.</summary>
    /// <exception cref="StateCorruptException">A newer program wrote it, or it is no state file.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction();
        if (Scalar(connection, "SELECT count(*) FROM sqlite_schema") is 0L)
        {
            using var create = connection.CreateCommand();
            create.CommandText = Tables + "INSERT INTO meta (name, value) VALUES ('format', $version)";
            create.Parameters.AddWithValue("$version", FormatVersion.ToString(CultureInfo.InvariantCulture));
            create.ExecuteNonQuery();
            transaction.Commit();
            return;
        }

        var hasMeta = Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") is 1L;
        var text = hasMeta ? Scalar(connection, "SELECT value FROM meta WHERE name = 'format'") as string : null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            throw new StateCorruptException($"{path} is a database, but not one of partition state; give another folder.");
        if (version > FormatVersion)
            throw new StateCorruptException(
                $"{path} has format {version}, this version of the program reads up to {FormatVersion}; run the version that wrote it, or a newer one.");
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
