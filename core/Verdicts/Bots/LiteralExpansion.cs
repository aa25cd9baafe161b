using System.Buffers;

namespace ClickFuncs.Verdicts.Bots;

/// <summary>
/// Writes out a regular expression that stands for a few texts only, such as <c>[wW]get</c> or <c>(^| )sentry\/</c>: characters,
/// escaped marks, classes of single characters, groups and alternatives. Anything else is given up on.
/// </summary>
internal ref struct LiteralExpansion
{
    // S[eE][mM]rush makes four; a pattern that makes many more is better left to a regular expression.
    private const int MaxTexts = 64;

    // Stands for the start of the text within the texts.
    private const char Start = '\0';

    private static readonly SearchValues<char> Special = SearchValues.Create(@"\^$.|?*+()[]{}" + Start);

    private readonly ReadOnlySpan<char> _pattern;
    private int _at;

    private LiteralExpansion(string pattern) => _pattern = pattern;

    /// <summary>The literals of which a matching text contains one, and of which any makes it match; null when they can't be listed.</summary>
    public static IReadOnlyList<BotLiteral>? Of(string pattern)
    {
        var expansion = new LiteralExpansion(pattern);
        if (expansion.Alternatives() is not { } texts || expansion._at < pattern.Length || texts.Exists(text => text.LastIndexOf(Start) > 0))
            return null;
        return [.. texts.Select(text => new BotLiteral(text.TrimStart(Start), text.StartsWith(Start)))];
    }

    private List<string>? Alternatives()
    {
        var all = new List<string>();
        do
        {
            if (Sequence() is not { } texts || all.Count + texts.Count > MaxTexts)
                return null;
            all.AddRange(texts);
        }
        while (TryTake('|'));
        return all;
    }

    private List<string>? Sequence()
    {
        List<string> texts = [""];
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (Item() is not { } item || texts.Count * item.Count > MaxTexts)
                return null;
            texts = [.. texts.SelectMany(text => item.Select(next => text + next))];
        }

        return texts;
    }

    private List<string>? Item()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '^':
                return [Start.ToString()];
            case '(':
                return Alternatives() is { } texts && TryTake(')') ? texts : null;
            case '[':
                return Class();
            case '\\' when _at < _pattern.Length && !char.IsAsciiLetterOrDigit(_pattern[_at]):
                return [_pattern[_at++].ToString()];
            default:
                return Special.Contains(c) ? null : [Run()];
        }
    }

    private string Run()
    {
        var from = _at - 1;
        var length = _pattern[from..].IndexOfAny(Special) is var end and >= 0 ? end : _pattern.Length - from;
        _at = from + length;
        return _pattern.Slice(from, length).ToString();
    }

    private List<string>? Class()
    {
        var members = new List<string>();
        while (_at < _pattern.Length && char.IsAsciiLetterOrDigit(_pattern[_at]))
            members.Add(_pattern[_at++].ToString());
        return members.Count > 0 && TryTake(']') ? members : null;
    }

    private bool TryTake(char c)
    {
        if (_at == _pattern.Length || _pattern[_at] != c)
            return false;
        _at++;
        return true;
    }
}
