namespace ClickFuncs.Api.Operations;

/// <summary>Where it is known how the system does. A host that is the whole system asks itself; one of many reads what all share.</summary>
public interface IOperationsSource
{
    /// <summary>How it does.</summary>
    ValueTask<OperationsReport> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>How the system does.</summary>
/// <param name="Answer">Freshness, alerts and last runs.</param>
/// <param name="Metrics">The numbers behind it, in Prometheus' text format.</param>
public sealed record OperationsReport(OperationsAnswer Answer, string Metrics);
