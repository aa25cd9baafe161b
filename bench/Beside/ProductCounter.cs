using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Beside;

/// <summary>
/// The product: what is on the log is read, decoded, deduplicated and counted by minute and nine dimensions, raw clicks and spend with it; each batch is
/// committed with a sync, and published to the analytics store that queries read.
/// </summary>
internal sealed class ProductCounter : IClickCounter
{
    private const long HourMs = 3_600_000;

    private readonly LocalNode _node;

    private ProductCounter(LocalNode node) => _node = node;

    /// <inheritdoc/>
    public string Name => "product, synced";

    /// <inheritdoc/>
    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    /// <summary>Opens empty stores beside the log.</summary>
    /// <param name="log">The folder of the log.</param>
    public static Func<Task<IClickCounter>> Start(string log) => async () =>
    {
        var folder = Path.GetDirectoryName(log)!;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.FullName != log))
        {
            if (entry is DirectoryInfo stale)
                stale.Delete(recursive: true);
            else
                entry.Delete();
        }

        return new ProductCounter(await LocalNode.OpenAsync(
            new DataDirectory(folder), new LocalOptions(), null, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));
    };

    /// <inheritdoc/>
    public Task CountAsync(BesideClicks clicks, CancellationToken cancellationToken)
    {
        _node.Start();
        return _node.WaitUntilCountedAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> ReadTotalAsync(CancellationToken cancellationToken)
    {
        var total = 0L;
        var end = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / HourMs * HourMs;
        await foreach (var batch in _node.Analytics.ReadStreamHoursAsync(0, end, cancellationToken))
            total += batch.Rows.Sum(row => row.Metrics.Clicks);
        return total;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
