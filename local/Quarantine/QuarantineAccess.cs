using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.State;
using ClickFuncs.Log;
using ClickFuncs.Quarantine;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Quarantine;

/// <summary>The quarantine as a verb reaches it: lists are read beside whatever runs; a replay goes through the running host, or opens the stores itself when none runs.</summary>
internal sealed class QuarantineAccess : IAsyncDisposable
{
    /// <summary>Entries of a page, and mended events that are sent at a time.</summary>
    public const int PageSize = 500;

    private readonly IQuarantine _quarantine;
    private readonly List<object> _owned = [];

    private QuarantineAccess(IQuarantine quarantine, params IEnumerable<object> owned)
    {
        _quarantine = quarantine;
        _owned.AddRange(owned);
    }

    /// <summary>Opens it.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="isReading">Whether it is only listed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    public static async Task<QuarantineAccess> OpenAsync(
        DataDirectory directory, bool isReading, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (isReading)
        {
            var state = new SqlitePartitionStateStore(new SqliteStateOptions { Directory = directory.State }, loggers.CreateLogger<SqlitePartitionStateStore>());
            return new QuarantineAccess(new ListedQuarantine(state, directory), state);
        }

        if (HostAddress.Find(directory) is { } host)
            return new QuarantineAccess(new HostQuarantine(directory, new Uri(host.Url), time));
        var options = LocalOptionsReader.Read(directory);
        var node = await LocalNode.OpenAsync(directory, options, partitions: null, time, loggers, cancellationToken);
        node.Start();
        var quarantine = new LocalQuarantine(
            node, directory, options, new TrafficJudge(options.Verdicts, KnownBots.Load()), time, loggers.CreateLogger<LocalQuarantine>());
        return new QuarantineAccess(quarantine, quarantine, node);
    }

    public ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken) => _quarantine.ListAsync(query, cancellationToken);

    public Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken) => _quarantine.ReplayAsync(request, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var one in _owned)
        {
            if (one is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                ((IDisposable)one).Dispose();
        }
    }

    /// <summary>Only to be listed.</summary>
    private sealed class ListedQuarantine(SqlitePartitionStateStore state, DataDirectory directory) : IQuarantine
    {
        public async ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken)
        {
            using var store = new ReplayStore(directory.Replays);
            var heads = await state.ListHeadsAsync(cancellationToken);
            var partitions = heads.Count == 0 ? 0 : heads.Max(head => head.Partition) + 1;
            return await new SideOutputPages(state, partitions).ListAsync(query, store.FindSentAsync, cancellationToken);
        }

        public Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken) =>
            throw new LogUnavailableException("The quarantine was opened to be read.");
    }
}
