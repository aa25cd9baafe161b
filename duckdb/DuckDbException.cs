namespace ClickFuncs.DuckDb;

/// <summary>DuckDB refused or failed; the message is DuckDB's own.</summary>
public sealed class DuckDbException(string message) : Exception(message);
