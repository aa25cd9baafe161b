namespace ClickFuncs.Batch.Statements;

/// <summary>What a statement can be written as.</summary>
public enum StatementFormat
{
    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>A table of opening balance, lines and closing balance, after RFC 4180.</summary>
    Csv,

    /// <summary>The same table as Parquet.</summary>
    Parquet,

    /// <summary>A page to read or print.</summary>
    Html,
}
