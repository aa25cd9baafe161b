using System.Globalization;
using ClickFuncs.Ledger;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Ledger;

/// <summary>The tables of <c>ledger.db</c> and their format version.</summary>
internal static class LedgerSchema
{
    /// <summary>Raised with every change that an older program would misread.</summary>
    public const int FormatVersion = 1;

    // The triggers keep programs and people from changing entries by mistake. Against intent there are the hashes.
    private const string Tables = """
        CREATE TABLE meta (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL) STRICT;
        CREATE TABLE journals (
            journal INTEGER PRIMARY KEY,
            advertiser TEXT NOT NULL,
            currency TEXT NOT NULL,
            entries INTEGER NOT NULL DEFAULT 0,
            hash BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(hash) = 32),
            balance_micros INTEGER NOT NULL DEFAULT 0,
            limit_micros INTEGER,
            UNIQUE (advertiser, currency)) STRICT;
        CREATE TABLE entries (
            journal INTEGER NOT NULL REFERENCES journals,
            sequence INTEGER NOT NULL,
            id TEXT NOT NULL,
            kind TEXT NOT NULL,
            booked_on TEXT NOT NULL,
            click_day TEXT,
            campaign TEXT NOT NULL,
            revision INTEGER NOT NULL,
            clicks INTEGER NOT NULL,
            corrects TEXT,
            reference TEXT NOT NULL,
            note TEXT NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (journal, sequence)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX entries_id ON entries (journal, id);
        CREATE INDEX entries_click_day ON entries (journal, click_day) WHERE click_day IS NOT NULL;
        CREATE TABLE legs (
            journal INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            leg INTEGER NOT NULL,
            account TEXT NOT NULL,
            amount_micros INTEGER NOT NULL,
            PRIMARY KEY (journal, sequence, leg),
            FOREIGN KEY (journal, sequence) REFERENCES entries) STRICT, WITHOUT ROWID;
        CREATE TRIGGER entries_change BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: entries are never changed.'); END;
        CREATE TRIGGER entries_delete BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: entries are never deleted.'); END;
        CREATE TRIGGER entries_order BEFORE INSERT ON entries
            WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entries WHERE journal = NEW.journal)
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: an entry goes behind the last one.'); END;
        CREATE TRIGGER legs_change BEFORE UPDATE ON legs
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: legs are never changed.'); END;
        CREATE TRIGGER legs_delete BEFORE DELETE ON legs
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: legs are never deleted.'); END;
        CREATE TRIGGER journals_delete BEFORE DELETE ON journals
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: journals are never deleted.'); END;
        CREATE TRIGGER journals_back BEFORE UPDATE ON journals WHEN NEW.entries < OLD.entries
            BEGIN SELECT RAISE(ABORT, 'The ledger is append only: a journal never gets shorter.'); END;
        """;

    /// <summary>Makes the tables in an empty file, or checks that this program can read what is there.</summary>
    /// <exception cref="LedgerCorruptException">A newer program wrote it, or it is no ledger.</exception>
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

        var hasMeta = Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") is 1L;
        var hasJournals = Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'journals'") is 1L;
        var text = hasMeta && hasJournals ? Scalar(connection, "SELECT value FROM meta WHERE name = 'format'") as string : null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            throw new LedgerCorruptException($"{path} is a database, but no ledger; restore the ledger, or name another folder.");
        if (version > FormatVersion)
            throw new LedgerCorruptException(
                $"{path} has format {version}, this version of the program reads up to {FormatVersion}; run the version that wrote it, or a newer one.");
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
