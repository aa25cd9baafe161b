namespace ClickFuncs.Batch.Statements;

/// <summary>Writes statements. The same statement gives the same bytes: nothing of the clock or the machine goes in.</summary>
public static class StatementDocument
{
    /// <summary>Writes one.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="format">As what.</param>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async ValueTask WriteAsync(Statement statement, StatementFormat format, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var content = format switch
        {
            StatementFormat.Json => StatementJson.Write(statement),
            StatementFormat.Csv => StatementCsv.Write(statement),
            StatementFormat.Parquet => await StatementParquet.WriteAsync(statement, cancellationToken),
            StatementFormat.Html => StatementHtml.Write(statement),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No format of statements."),
        };
        await output.WriteAsync(content, cancellationToken);
    }

    /// <summary>The media type of a format.</summary>
    public static string MediaType(StatementFormat format) => format switch
    {
        StatementFormat.Json => "application/json",
        StatementFormat.Csv => "text/csv; charset=utf-8",
        StatementFormat.Parquet => "application/vnd.apache.parquet",
        StatementFormat.Html => "text/html; charset=utf-8",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No format of statements."),
    };
}
