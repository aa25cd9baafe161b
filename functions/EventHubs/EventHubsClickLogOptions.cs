using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Functions.EventHubs;

/// <summary>How clicks are sent to Event Hubs. They change latency and cost, never what is durable.</summary>
public sealed record EventHubsClickLogOptions
{
    /// <summary>Appends of one partition that may wait in this process. Default 4,096: at 1,000 clicks a second per partition four seconds,
    /// after which callers are told to use the spool.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; init; } = 4096;

    /// <summary>Most events of one send. Default 500. The service's size limit holds beside it.</summary>
    [Range(1, 100_000)]
    public int MaxBatchEvents { get; init; } = 500;
}
