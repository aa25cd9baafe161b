using System.Text.RegularExpressions;

namespace ClickFuncs.Core.Tests.Money;

/// <summary>
/// Finds floating point in source text: the C# types, literals that are of them, conversions to them, and in strings the SQL
/// types and functions that give them. Comments don't count: the ledger is double entry.
/// </summary>
internal static partial class FloatingPointScan
{
    /// <summary>Every finding in a file, in order.</summary>
    public static IEnumerable<FloatingPointFinding> Find(string path, string text)
    {
        // Strings and comments are blanked out for the types, with the lines left where they are; SQL is looked for in strings alone.
        var code = StringsAndComments().Replace(text, match => EverythingButLineEnds().Replace(match.Value, " "));
        var sql = StringsAndComments().Matches(text)
            .Where(match => match.Groups["string"].Success)
            .SelectMany(match => InSql().Matches(match.Value).Select(found => (At: match.Index + found.Index, found.Value)));
        return InCode().Matches(code).Select(found => (At: found.Index, found.Value)).Concat(sql)
            .OrderBy(found => found.At)
            .Select(found => new FloatingPointFinding(path, text.AsSpan(0, found.At).Count('\n') + 1, found.Value.Trim()));
    }

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex EverythingButLineEnds();

    // Raw strings, verbatim and plain strings, characters; then comments. A string is matched first, so that // in it is no comment.
    private const string Strings = """"
        \$*"""[\s\S]*?"""|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """";

    private const string Comments = @"//[^\n]*|/\*[\s\S]*?\*/";

    [GeneratedRegex("(?<string>" + Strings + ")|" + Comments, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex StringsAndComments();

    [GeneratedRegex(@"\b(float|double|Half|Double|GetDouble|ToDouble|ToSingle|GetFloat|MathF|BinaryPrimitives\.\w*(Double|Single|Half)\w*)\b|(?<![\w.])\d[\d_]*(\.\d+([eE][+-]?\d+)?(?![\dmM_])|[eE][+-]?\d+(?!\w)|[fFdD](?!\w))")]
    private static partial Regex InCode();

    [GeneratedRegex(@"\b(DOUBLE|FLOAT|FLOAT4|FLOAT8|REAL)\b|\bavg\s*\(|::\s*(double|float|real)\b|\b(as|AS)\s+(double|float|real)\b")]
    private static partial Regex InSql();
}

/// <summary>Floating point at a place.</summary>
internal sealed record FloatingPointFinding(string Path, int Line, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}:{Line}: {What}";
}
