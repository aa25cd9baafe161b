using System.Globalization;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.Spool;

/// <summary>
/// The spool of this instance (R8), the log with it behind, and what drains it while the instance lives. What an instance leaves behind
/// <see cref="SpoolAdoption"/> drains.
/// </summary>
public sealed partial class AzureSpool : BackgroundService
{
    /// <summary>How often an instance whose spool is not empty says that it lives.</summary>
    public static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(30);

    private readonly ILake _lake;
    private readonly LakeSpool _spool;
    private readonly SpoolDrain _drain;
    private readonly TimeProvider _time;
    private readonly ILogger<AzureSpool> _logger;
    private SpoolName? _saidAlive;

    /// <param name="lake">Where spools are.</param>
    /// <param name="log">The log.</param>
    /// <param name="reader">Finds out what it has already.</param>
    /// <param name="options">When events go to the spool.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For the log with the spool, and the drain.</param>
    /// <summary>Begins with an empty spool.</summary>
    public AzureSpool(ILake lake, IClickLog log, ILogReader reader, SpoolOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_lake, _time, _logger) = (lake, time, loggers.CreateLogger<AzureSpool>());
        Owner = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid():N}");
        _spool = LakeSpool.OfNewOwner(lake, Owner, options.MaxBytes, time);
        Clicks = new SpoolingClickLog(log, _spool, options, time, loggers.CreateLogger<SpoolingClickLog>());
        _drain = new SpoolDrain(Clicks, log, reader, _spool, options, time, loggers.CreateLogger<SpoolDrain>());
    }

    /// <summary>Whose spool it is: of this process, and of no other ever.</summary>
    public string Owner { get; }

    /// <summary>The log for those who must not be refused while it is away.</summary>
    public SpoolingClickLog Clicks { get; }

    /// <summary>What waits in it.</summary>
    public SpoolSize Size => _spool.Size;

    /// <summary>Why it can't be drained; null while it can.</summary>
    public Exception? DrainFailure => _drain.Failure;

    /// <summary>Registers the gauges of this instance.</summary>
    public void RegisterGauges() => SpoolGauges.Register(Clicks, _spool, () => _spool.OldestMs, _time);

    /// <summary>Says that the owner of what waits lives; takes the former sign away.</summary>
    public async Task SayAliveAsync(CancellationToken cancellationToken)
    {
        var sign = _spool.Size.Records > 0 ? SpoolName.Alive(Owner, _time.GetUtcNow().ToUnixTimeMilliseconds()) : null;
        if (sign is not null)
            await _lake.CreateAsync($"{sign}", ReadOnlyMemory<byte>.Empty, cancellationToken);
        if (_saidAlive is { } former && former != sign)
            await _lake.DeleteAsync($"{former}", cancellationToken);
        _saidAlive = sign;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        RegisterGauges();
        return Task.WhenAll(_drain.RunAsync(stoppingToken), LiveAsync(stoppingToken));
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SignOfLife, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await SayAliveAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // At worst somebody else drains the spool too, and ids that were seen are not counted again.
                LogSilent(failure);
            }
        }
    }

    [LoggerMessage(8131, LogLevel.Warning, "This instance could not say that it still drains its spool; trying again.")]
    private partial void LogSilent(Exception failure);
}
