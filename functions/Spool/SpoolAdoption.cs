using ClickFuncs.Functions.Operations;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.Spool;

/// <summary>
/// Drains the spools that their instances left behind, when they were scaled in or died. An owner lives as long as it adds entries, or says so. Should
/// one that lives be taken for dead, both drain: an event is then on the log twice, and counted once.
/// </summary>
/// <param name="lake">Where spools are.</param>
/// <param name="log">The log.</param>
/// <param name="reader">Finds out what it has already.</param>
/// <param name="options">Of the spool.</param>
/// <param name="self">The owner that is this process.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">For the drain.</param>
public sealed partial class SpoolAdoption(
    ILake lake, IClickLog log, ILogReader reader, SpoolOptions options, string self, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>An owner that was silent for so long is gone: ten signs of life did not come.</summary>
    public static readonly TimeSpan Patience = 10 * AzureSpool.SignOfLife;

    private readonly ILogger _logger = loggers.CreateLogger<SpoolAdoption>();

    /// <summary>What waits in all spools.</summary>
    /// <returns>How many events, and when the oldest of them came, milliseconds since the Unix epoch; null when none waits.</returns>
    public async Task<(long Events, long? OldestMs)> CountAsync(CancellationToken cancellationToken)
    {
        var found = await ReadAsync(cancellationToken);
        return (found.Events, found.OldestMs);
    }

    /// <summary>What waits in all spools, and in how many files.</summary>
    public async Task<SpoolReading> ReadAsync(CancellationToken cancellationToken)
    {
        var (count, events, oldest) = (0, 0L, (long?)null);
        foreach (var files in (await ListAsync(cancellationToken)).GroupBy(file => file.Owner))
        {
            var drained = files.Where(file => file.Kind == SpoolNameKind.Drained).Select(file => file.Number).DefaultIfEmpty(-1).Max();
            foreach (var file in files.Where(file => file.Kind == SpoolNameKind.Entries && file.Last > drained))
            {
                count++;
                events += file.Last - Math.Max(drained, file.Number - 1);
                oldest = Math.Min(oldest ?? long.MaxValue, file.TimeMs);
            }
        }

        return new SpoolReading(count, events, oldest);
    }

    /// <summary>Drains what nobody looks after.</summary>
    /// <returns>The owners it was left by.</returns>
    /// <exception cref="LogException">The log or the spool failed; nothing is lost, call it again later.</exception>
    public async Task<IReadOnlyList<string>> DrainAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var adopted = new List<string>();
        foreach (var files in (await ListAsync(cancellationToken)).GroupBy(file => file.Owner).OrderBy(files => files.Key, StringComparer.Ordinal))
        {
            if (files.Key == self || files.Max(file => file.TimeMs) + Patience.TotalMilliseconds > now)
                continue;
            await DrainAsync(files.Key, cancellationToken);
            adopted.Add(files.Key);
        }

        return adopted;
    }

    private async Task DrainAsync(string owner, CancellationToken cancellationToken)
    {
        var spool = await LakeSpool.OpenAsync(lake, owner, options.MaxBytes, time, cancellationToken);
        var waiting = spool.Size.Records;
        var clicks = new SpoolingClickLog(log, spool, options, time, loggers.CreateLogger<SpoolingClickLog>());
        var drain = new SpoolDrain(clicks, log, reader, spool, options, time, loggers.CreateLogger<SpoolDrain>());
        while (await drain.DrainOnceAsync(cancellationToken) == DrainStep.Drained)
        {
            // Until nothing is left.
        }

        // Signs and notes only. Entries go when they are drained and at no other time: one that lives after all may just have added some.
        await foreach (var file in lake.ListAsync($"{owner}.", cancellationToken))
        {
            if (SpoolName.Read(file.Path) is { Kind: not SpoolNameKind.Entries })
                await lake.DeleteAsync(file.Path, cancellationToken);
        }

        if (waiting > 0)
            LogAdopted(waiting, owner);
    }

    private async Task<IReadOnlyList<SpoolName>> ListAsync(CancellationToken cancellationToken)
    {
        var files = new List<SpoolName>();
        await foreach (var file in lake.ListAsync("", cancellationToken))
        {
            if (SpoolName.Read(file.Path) is { } name)
                files.Add(name);
        }

        return files;
    }

    [LoggerMessage(8132, LogLevel.Warning, "Drained {Events} clicks that instance {Owner} left in its spool.")]
    private partial void LogAdopted(long events, string owner);
}
