using System.Text.RegularExpressions;

namespace ClickFuncs.Core.Tests.Money;

/// <summary>
/// Finds floating point in source text: the C# types, literals that are of them, conversions to them, and in strings the SQL
/// types and functions that give them. Comments don't count: the ledger is double entry.
/// </summary>
internal static partial class FloatingPointScan
{
    /// <summary>Every finding in a file, as <c>path:line: what</c>.</summary>
    public static IEnumerable<FloatingPointFinding> Find(string path, string text)
    {
        // Blank out what doesn't count, keeping the lines where they are.
        var code = NotCode().Replace(text, match => Blank(match.Value));
        var strings = NotStrings().Replace(text, match => match.Groups["text"].Success ? match.Value : Blank(match.Value));
        return Matches(path, code, InCode()).Concat(Matches(path, strings, InSql())).OrderBy(finding => finding.Line);
    }

    private static IEnumerable<FloatingPointFinding> Matches(string path, string text, Regex pattern)
    {
        foreach (Match match in pattern.Matches(text))
            yield return new FloatingPointFinding(path, text.AsSpan(0, match.Index).Count('\n') + 1, match.Value.Trim());
    }

    private static string Blank(string text) => EverythingButLineEnds().Replace(text, " ");

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex EverythingButLineEnds();

    // Raw strings, verbatim and plain strings, characters; then comments. A string is matched first, so that // in it is no comment.
    private const string Strings = """"
        \$*"""[\s\S]*?"""|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """";

    private const string Comments = @"//[^\n]*|/\*[\s\S]*?\*/";

    [GeneratedRegex(Strings + "|" + Comments, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    // Everything: strings are kept by their group, comments and code go.
    [GeneratedRegex("(?<text>" + Strings + ")|" + Comments + @"|[\s\S]", RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotStrings();

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
