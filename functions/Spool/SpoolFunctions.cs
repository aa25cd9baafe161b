using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Spool;

/// <summary>Drains the spools of instances that are gone. The timer fires on one instance only.</summary>
public sealed class SpoolFunctions(SpoolAdoption adoption)
{
    /// <summary>Every minute.</summary>
    [Function("DrainSpools")]
    public Task DrainSpoolsAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => adoption.DrainAsync(cancellationToken);
}
