using System.Text;
using System.Text.RegularExpressions;

namespace ClickFuncs.Core.Tests.Verdicts.Bots;

/// <summary>Any of the patterns matches, tried one after the other: what the list says it means.</summary>
internal sealed class NaiveBots(IEnumerable<string> patterns)
{
    private readonly Regex[] _patterns = [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant))];

    public bool IsMatch(ReadOnlySpan<byte> userAgent)
    {
        var text = Encoding.UTF8.GetString(userAgent);
        return Array.Exists(_patterns, pattern => pattern.IsMatch(text));
    }
}
