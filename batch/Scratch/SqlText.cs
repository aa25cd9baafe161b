using System.Globalization;

namespace ClickFuncs.Batch.Scratch;

/// <summary>Values written into SQL: file names, numbers and ids, which prepared statements can't take in every place.</summary>
internal static class SqlText
{
    /// <summary>A string literal.</summary>
    internal static string Of(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A BIGINT literal; the smallest one can't be written as a plain number.</summary>
    internal static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"'{number}'::BIGINT");

    /// <summary>A UBIGINT literal.</summary>
    internal static string Of(ulong number) => string.Create(CultureInfo.InvariantCulture, $"{number}::UBIGINT");

    /// <summary>A list of string literals.</summary>
    internal static string ListOf(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Of))}]";
}
