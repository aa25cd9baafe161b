using ClickFuncs.Local.Ledger;
using ClickFuncs.Local.Tests.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Ledger;

/// <summary>A folder with a ledger in it, and what somebody with the file could do to it.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<SqliteLedger> _open = [];

    public LedgerFolder() => Directory.CreateDirectory(_directory.Path);

    public string File => Path.Combine(_directory.Path, "ledger.db");

    public SqliteLedger Open(Action<string>? atStep = null) => OpenAt(File, atStep);

    public SqliteLedger OpenAt(string path, Action<string>? atStep = null)
    {
        var ledger = new SqliteLedger(new SqliteLedgerOptions { Path = path }, NullLogger<SqliteLedger>.Instance, atStep);
        _open.Add(ledger);
        return ledger;
    }

    /// <summary>The file as the system would have it if the process died now.</summary>
    public string CopyNow()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_directory.Path, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in (string[])["ledger.db", "ledger.db-wal"])
        {
            if (System.IO.File.Exists(Path.Combine(_directory.Path, file)))
                System.IO.File.Copy(Path.Combine(_directory.Path, file), Path.Combine(copy, file));
        }

        return Path.Combine(copy, "ledger.db");
    }

    /// <summary>Runs SQL on the file; <paramref name="withoutGuards"/> drops the triggers first, as a forger would.</summary>
    public int Tamper(string sql, bool withoutGuards = true)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False;Foreign Keys=False");
        connection.Open();
        if (withoutGuards)
        {
            foreach (var trigger in Triggers(connection))
                Run(connection, $"DROP TRIGGER {trigger}");
        }

        return Run(connection, sql);
    }

    public void Dispose()
    {
        foreach (var ledger in _open)
            ledger.Dispose();
        _directory.Dispose();
    }

    private static List<string> Triggers(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private static int Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteNonQuery();
    }
}
