using ClickFuncs.Processing;
using Microsoft.Extensions.Hosting;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>Runs the publisher of rows as long as the worker.</summary>
public sealed class RowPublishing(RowPublisher publisher) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => publisher.RunAsync(stoppingToken);
}
