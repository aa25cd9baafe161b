using System.Text.Json;

namespace ClickFuncs.Functions.Kusto;

/// <summary>The analytics database as the adapter needs it.</summary>
public interface IKusto
{
    /// <summary>Runs a query; gives the rows of each of its results.</summary>
    /// <exception cref="KustoException">The database refused it, or failed midway.</exception>
    Task<IReadOnlyList<IReadOnlyList<JsonElement>>> QueryAsync(KustoQuery query, CancellationToken cancellationToken);

    /// <summary>Adds rows to a table, all or none; they are visible afterwards.</summary>
    /// <param name="table">The table.</param>
    /// <param name="csv">The rows as CSV, at most 4 MB.</param>
    /// <param name="cancellationToken">Stops waiting; whether they were added is then unknown.</param>
    /// <exception cref="KustoException">The database refused them.</exception>
    Task IngestAsync(string table, string csv, CancellationToken cancellationToken);
}
