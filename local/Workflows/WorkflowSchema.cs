using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Workflows;

/// <summary>The tables of <c>workflows.db</c> and their format version.</summary>
internal static class WorkflowSchema
{
    /// <summary>Raised with every change that an older program would misread; upgrades are made when the file is opened.</summary>
    public const int FormatVersion = 1;

    // The head of an execution is what its journal sums up to; it has the last entry's number, so both change together or not.
    private const string Tables = """
        CREATE TABLE meta (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL) STRICT;
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            token INTEGER NOT NULL,
            name TEXT NOT NULL) STRICT;
        CREATE TABLE executions (
            instance TEXT NOT NULL,
            execution INTEGER NOT NULL,
            workflow TEXT NOT NULL,
            state INTEGER NOT NULL,
            created_ms INTEGER NOT NULL,
            updated_ms INTEGER NOT NULL,
            input TEXT NOT NULL,
            status TEXT,
            output TEXT,
            failure_type TEXT,
            failure TEXT,
            steps_done INTEGER NOT NULL,
            next_sequence INTEGER NOT NULL,
            parent_instance TEXT,
            parent_execution INTEGER,
            parent_step INTEGER,
            PRIMARY KEY (instance, execution)) STRICT;
        CREATE INDEX executions_unfinished ON executions (created_ms) WHERE state < 2;
        CREATE INDEX executions_ended ON executions (updated_ms) WHERE state >= 2;
        CREATE UNIQUE INDEX executions_parent ON executions (parent_instance, parent_execution, parent_step) WHERE parent_instance IS NOT NULL;
        CREATE TABLE journal (
            instance TEXT NOT NULL,
            execution INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            step INTEGER NOT NULL,
            name TEXT,
            target TEXT,
            due_ms INTEGER,
            attempt INTEGER NOT NULL,
            body TEXT,
            PRIMARY KEY (instance, execution, sequence)) STRICT;
        """;

    /// <summary>Makes the tables in an empty file, or checks that this program can read what is there.</summary>
    /// <exception cref="WorkflowStoreException">A newer program wrote it, or it is no journal of workflows.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Scalar(connection, "SELECT count(*) FROM sqlite_schema") is 0L)
        {
            using var create = connection.CreateCommand();
            create.CommandText = Tables + "INSERT INTO meta (name, value) VALUES ('format', $version)";
            create.Parameters.AddWithValue("$version", FormatVersion.ToString(CultureInfo.InvariantCulture));
            create.ExecuteNonQuery();
            transaction.Commit();
            return;
        }

        Check(connection, path);
    }

    /// <summary>Checks that this program can read what is there.</summary>
    /// <exception cref="WorkflowStoreException">A newer program wrote it, or it is no journal of workflows.</exception>
    public static void Check(SqliteConnection connection, string path)
    {
        var isJournal = Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'executions')") is 2L;
        var text = isJournal ? Scalar(connection, "SELECT value FROM meta WHERE name = 'format'") as string : null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            throw new WorkflowStoreException($"{path} is a database, but not one of workflows; move it away.");
        if (version > FormatVersion)
            throw new WorkflowStoreException(
                $"{path} has format {version}, this version of the program reads up to {FormatVersion}; run the version that wrote it, or a newer one.");
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // Only the constants above come here.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
