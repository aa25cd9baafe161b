using System.Globalization;
using ClickFuncs.Bench.Redirect;
using StackExchange.Redis;

namespace ClickFuncs.Bench.Beside;

/// <summary>
/// Redis, by its usual .NET client: <c>SET id NX EX</c> for each click, and for those that are new <c>HINCRBY</c> of the minute's hash, both pipelined. It counts clicks
/// only, no spend. A crash between the two commands loses the click from the count for good: its id is known already.
/// </summary>
internal sealed class RedisCounter : IClickCounter
{
    private const int BatchClicks = 1_000;
    private const int Workers = 4;
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(24);

    private readonly string _appendFsync;
    private readonly BesideServer _server;
    private readonly ConnectionMultiplexer _connection;

    private RedisCounter(string appendFsync, BesideServer server, ConnectionMultiplexer connection) =>
        (_appendFsync, _server, _connection) = (appendFsync, server, connection);

    /// <inheritdoc/>
    public string Name => _appendFsync == "no" ? "Redis, in memory" : $"Redis, appended, synced {_appendFsync}";

    /// <inheritdoc/>
    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime + _server.ProcessorTime;

    /// <summary>Starts an empty server.</summary>
    /// <param name="appendFsync">How often its append-only file is synced; "no" for none at all.</param>
    public static Func<Task<IClickCounter>> Start(string appendFsync) => async () =>
    {
        var port = BenchServer.FreePort();
        var program = BesideServer.Find("redis-server", "redis-server", []);
        var folder = Directory.CreateTempSubdirectory("clickfuncs-redis-");
        string[] command =
        [
            program, "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--dir", folder.FullName, "--save", "",
            "--appendonly", appendFsync == "no" ? "no" : "yes", "--appendfsync", appendFsync,
        ];
        var server = await BesideServer.StartAsync(command, folder, port);
        var options = new ConfigurationOptions { EndPoints = { { "127.0.0.1", port } }, SyncTimeout = 60_000, AsyncTimeout = 60_000 };
        return new RedisCounter(appendFsync, server, await ConnectionMultiplexer.ConnectAsync(options));
    };

    /// <inheritdoc/>
    public Task CountAsync(BesideClicks clicks, CancellationToken cancellationToken)
    {
        var next = 0;
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(
            async () =>
            {
                for (var from = Interlocked.Add(ref next, BatchClicks) - BatchClicks; from < clicks.All.Count; from = Interlocked.Add(ref next, BatchClicks) - BatchClicks)
                    await CountAsync(clicks.All, from, Math.Min(clicks.All.Count, from + BatchClicks));
            },
            cancellationToken)));
    }

    /// <inheritdoc/>
    public async Task<long> ReadTotalAsync(CancellationToken cancellationToken)
    {
        var (server, total) = (_connection.GetServers()[0], 0L);
        await foreach (var minute in server.KeysAsync(pattern: "minute:*").WithCancellation(cancellationToken))
            total += (await _connection.GetDatabase().HashValuesAsync(minute)).Sum(count => (long)count);
        return total;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _server.Dispose();
    }

    private async Task CountAsync(IReadOnlyList<BesideClick> clicks, int from, int to)
    {
        var redis = _connection.GetDatabase();
        var (seeing, isNew) = (redis.CreateBatch(), new Task<bool>[to - from]);
        for (var i = from; i < to; i++)
            isNew[i - from] = seeing.StringSetAsync("id:" + clicks[i].Id, RedisValue.EmptyString, Horizon, When.NotExists);
        seeing.Execute();
        var fresh = await Task.WhenAll(isNew);
        var (counting, counts) = (redis.CreateBatch(), new List<Task>(to - from));
        for (var i = from; i < to; i++)
        {
            if (fresh[i - from])
                counts.Add(counting.HashIncrementAsync("minute:" + clicks[i].MinuteMs.ToString(CultureInfo.InvariantCulture), clicks[i].Key));
        }

        counting.Execute();
        await Task.WhenAll(counts);
    }
}
