using System.Globalization;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Verification;

/// <summary>Checks what the second stage keeps: its logs of signals and of spend, every byte, and the velocity flags.</summary>
internal static class SecondStageVerification
{
    private const string Wrong =
        "SELECT count(*) FROM flags WHERE kind NOT IN (0, 1) OR until_ms <= from_ms OR peak < 1";

    /// <summary>What is wrong, as sentences; nothing of what a folder doesn't have.</summary>
    public static IEnumerable<string> Find(DataDirectory directory, CancellationToken cancellationToken)
    {
        var identity = Logs(directory.IdentitySignals, "signals/identity", cancellationToken, out var next);
        var spend = Logs(directory.SpendReports, "signals/spend", cancellationToken, out _);
        return [.. identity, .. spend, .. Flags(directory.Velocity, next)];
    }

    private static IEnumerable<string> Logs(string folder, string name, CancellationToken cancellationToken, out long next)
    {
        next = 0;
        if (!Directory.Exists(folder))
            return [];
        var log = LogVerifier.Verify(folder, cancellationToken);
        next = log.NextSequences.Count > 0 ? log.NextSequences[0] : 0;
        return [.. log.Findings.Select(finding => $"{name}: {finding}")];
    }

    private static IEnumerable<string> Flags(string path, long nextSignal)
    {
        if (!File.Exists(path))
            yield break;
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        if (Open(connection) is { } damage)
        {
            yield return $"velocity.db: {damage} Stop the host and move velocity.db and signals/identity/ away: flags of before are gone then.";
            yield break;
        }

        var readFrom = Number(connection, "SELECT read_from FROM head");
        if (readFrom > nextSignal)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"velocity.db: counting goes on at signal {readFrom}, but signals/identity ends before {nextSignal}: they are not of one backup. Move both away.");
        if (Number(connection, Wrong) is var wrong and > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"velocity.db: {wrong} flags have no sense. Somebody changed them.");
    }

    private static string? Open(SqliteConnection connection)
    {
        try
        {
            connection.Open();
            using var check = new SqliteCommand("PRAGMA integrity_check", connection);
            var answer = (string)check.ExecuteScalar()!;
            return answer == "ok" ? null : $"it is damaged: {answer}.";
        }
        catch (SqliteException failure)
        {
            return $"it can't be read: {failure.Message}.";
        }
    }

    private static long Number(SqliteConnection connection, string sql)
    {
#pragma warning disable CA2100 // The texts are constants of this class.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
