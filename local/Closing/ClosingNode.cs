using ClickFuncs.Batch.Workflows;
using ClickFuncs.Ledger;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Ledger;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>
/// What it takes to close a day: the node, which counts and archives what is on the log, the ledger, and the workflows. For a
/// host as for a verb that has the folder to itself. Opens in that order and closes in the opposite one.
/// </summary>
internal sealed class ClosingNode : IAsyncDisposable
{
    private readonly SqliteLedger _ledger;

    private ClosingNode(LocalNode node, SqliteLedger ledger, LocalWorkflows workflows) => (Node, _ledger, Workflows) = (node, ledger, workflows);

    public LocalNode Node { get; }

    public ILedger Ledger => _ledger;

    public LocalWorkflows Workflows { get; }

    /// <summary>Opens the stores; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="directory">Where everything lies.</param>
    /// <param name="options">The settings.</param>
    /// <param name="partitions">Partitions of a new log; null takes the settings' number.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <param name="isWatching">Whether accepted clicks send signals to the velocity rules.</param>
    public static async Task<ClosingNode> OpenAsync(
        DataDirectory directory, LocalOptions options, int? partitions, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken,
        bool isWatching = false)
    {
        var node = await LocalNode.OpenAsync(directory, options, partitions, time, loggers, cancellationToken, isWatching);
        SqliteLedger? ledger = null;
        try
        {
            EmptyScratch(directory);
            ledger = new SqliteLedger(new SqliteLedgerOptions { Path = directory.Ledger }, loggers.CreateLogger<SqliteLedger>());
            return new ClosingNode(node, ledger, LocalWorkflows.Open(directory, node, ledger, options, time, loggers));
        }
        catch
        {
            ledger?.Dispose();
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counts, archives, and resumes the workflows that were under way.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Node.Start();
        Node.StartArchiving();
        await Workflows.ResumeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Workflows.DisposeAsync();
        _ledger.Dispose();
        await Node.DisposeAsync();
    }

    // The node's locks are held: whoever left something there is gone.
    private static void EmptyScratch(DataDirectory directory)
    {
        if (Directory.Exists(directory.Scratch))
            Directory.Delete(directory.Scratch, recursive: true);
    }
}
