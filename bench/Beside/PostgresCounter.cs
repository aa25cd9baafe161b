using System.Globalization;
using ClickFuncs.Bench.Redirect;
using Npgsql;

namespace ClickFuncs.Bench.Beside;

/// <summary>
/// PostgreSQL: a statement per batch, which is a transaction, puts the ids in where they are not yet (<c>ON CONFLICT DO NOTHING</c>), adds up what is new by minute and key, and adds that
/// to the counts (<c>ON CONFLICT DO UPDATE</c>). Clicks and spend, exactly once; ids are never forgotten.
/// </summary>
internal sealed class PostgresCounter : IClickCounter
{
    private const int BatchClicks = 10_000;
    private const int Workers = 2;

    private const string Tables =
        """
        CREATE TABLE ids (id text PRIMARY KEY);
        CREATE TABLE counts (minute bigint, key text, clicks bigint NOT NULL, spend_micros bigint NOT NULL, PRIMARY KEY (minute, key));
        """;

    // In one order everywhere, so that two batches can't wait for each other.
    private const string Count =
        """
        WITH batch AS (SELECT DISTINCT ON (id) * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) AS b(id, minute, key, cost) ORDER BY id),
        fresh AS (INSERT INTO ids SELECT id FROM batch ORDER BY id ON CONFLICT DO NOTHING RETURNING id)
        INSERT INTO counts SELECT minute, key, count(*), sum(cost) FROM batch JOIN fresh USING (id) GROUP BY minute, key ORDER BY minute, key
        ON CONFLICT (minute, key) DO UPDATE SET clicks = counts.clicks + excluded.clicks, spend_micros = counts.spend_micros + excluded.spend_micros
        """;

    private readonly string _synchronousCommit;
    private readonly BesideServer _server;
    private readonly NpgsqlDataSource _source;

    private PostgresCounter(string synchronousCommit, BesideServer server, NpgsqlDataSource source) =>
        (_synchronousCommit, _server, _source) = (synchronousCommit, server, source);

    /// <inheritdoc/>
    public string Name => $"PostgreSQL, synchronous_commit {_synchronousCommit}";

    /// <inheritdoc/>
    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime + _server.ProcessorTime;

    /// <summary>Starts an empty server.</summary>
    /// <param name="synchronousCommit">Whether a commit waits for the disk: "on" or "off".</param>
    public static Func<Task<IClickCounter>> Start(string synchronousCommit) => async () =>
    {
        var port = BenchServer.FreePort();
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [];
        var (initdb, postgres) = (BesideServer.Find("initdb", "postgresql", installed), BesideServer.Find("postgres", "postgresql", installed));
        var folder = Directory.CreateTempSubdirectory("clickfuncs-postgres-");
        // It refuses to run as root; the package has made a user for it.
        string[] user = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        if (user.Length > 0)
            await PinnedProcess.RunAsync(0, ["chown", "postgres:postgres", folder.FullName]);
        await PinnedProcess.RunAsync(0, [.. user, initdb, "--pgdata", folder.FullName, "--username", "bench", "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C"]);
        string[] command =
        [
            .. user, postgres, "-D", folder.FullName, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", $"synchronous_commit={synchronousCommit}", "-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB",
        ];
        var server = await BesideServer.StartAsync(command, folder, port);
        var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=bench;Database=postgres;Command Timeout=300");
        await using (var tables = source.CreateCommand(Tables))
            await tables.ExecuteNonQueryAsync();
        return new PostgresCounter(synchronousCommit, server, source);
    };

    /// <inheritdoc/>
    public Task CountAsync(BesideClicks clicks, CancellationToken cancellationToken)
    {
        // A stretch for each connection, so that they seldom want the same minutes.
        var stretch = (clicks.All.Count + Workers - 1) / Workers;
        return Task.WhenAll(clicks.All.Chunk(stretch).Select(part => CountAsync(part, cancellationToken)));
    }

    /// <inheritdoc/>
    public async Task<long> ReadTotalAsync(CancellationToken cancellationToken)
    {
        await using var sum = _source.CreateCommand("SELECT sum(clicks)::bigint FROM counts");
        return (long)(await sum.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _server.Dispose();
    }

    private async Task CountAsync(BesideClick[] clicks, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        foreach (var batch in clicks.Chunk(BatchClicks))
        {
            await using var count = new NpgsqlCommand(Count, connection);
            count.Parameters.Add(new NpgsqlParameter { Value = batch.Select(click => click.Id).ToArray() });
            count.Parameters.Add(new NpgsqlParameter { Value = batch.Select(click => click.MinuteMs).ToArray() });
            count.Parameters.Add(new NpgsqlParameter { Value = batch.Select(click => click.Key).ToArray() });
            count.Parameters.Add(new NpgsqlParameter { Value = batch.Select(click => click.CostMicros).ToArray() });
            await count.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
