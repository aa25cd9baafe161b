using System.Text;

namespace ClickFuncs.Verdicts.Bots;

/// <summary>
/// Takes from a regular expression the literals of which every match contains one. Understands just enough of the syntax to
/// be sure of them: where a pattern is no mere list of literals, groups and classes are stepped over, and what it can't
/// be sure of it refuses.
/// </summary>
internal static class BotPatternParser
{
    // Shorter ones would be found in every other user agent and save nothing.
    private const int MinLiteralLength = 3;

    /// <summary>Parses one pattern.</summary>
    /// <exception cref="InvalidDataException">It has no such literal, or syntax that is not understood.</exception>
    public static BotPattern Parse(string pattern)
    {
        if (pattern.Contains("(?", StringComparison.Ordinal))
            throw Refused(pattern, "it uses (?, and what that means for its literals is not known");
        if (LiteralExpansion.Of(pattern) is { } literals && literals.All(literal => literal.Text.Length >= MinLiteralLength))
            return new BotPattern(pattern, literals, IsExact: true);
        return new BotPattern(
            pattern, [.. Alternatives(pattern).Select(alternative => new BotLiteral(LongestRun(pattern, alternative), IsAtStart: false))], IsExact: false);
    }

    private static string LongestRun(string pattern, string alternative) =>
        Runs(alternative).MaxBy(run => run.Length) is { Length: >= MinLiteralLength } longest
            ? longest
            : throw Refused(pattern, $"it has no {MinLiteralLength} characters in a row that every match contains, and would have to be tried on every click");

    private static List<string> Alternatives(string pattern)
    {
        var alternatives = new List<string>();
        var start = 0;
        for (var at = 0; at < pattern.Length; at = AfterItem(pattern, at))
        {
            if (pattern[at] != '|')
                continue;
            alternatives.Add(pattern[start..at]);
            start = at + 1;
        }

        alternatives.Add(pattern[start..]);
        return alternatives;
    }

    /// <summary>The runs of literal characters that every match contains.</summary>
    private static List<string> Runs(string pattern)
    {
        var runs = new List<string>();
        var run = new StringBuilder();
        for (var at = 0; at < pattern.Length; at = AfterItem(pattern, at))
        {
            var c = pattern[at];
            if (c == '\\' && at + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[at + 1]))
            {
                run.Append(pattern[at + 1]);
                continue;
            }

            if (!@"\[(.^$?*+{".Contains(c, StringComparison.Ordinal))
            {
                run.Append(c);
                continue;
            }

            // The character before these may be missing.
            if (c is '?' or '*' or '{' && run.Length > 0)
                run.Length--;
            runs.Add(run.ToString());
            run.Clear();
        }

        runs.Add(run.ToString());
        return runs;
    }

    /// <summary>Where the item at this place ends: a character, an escape, a class, a group or a count.</summary>
    private static int AfterItem(string pattern, int at) => pattern[at] switch
    {
        '\\' => at + 2,
        '[' => AfterClass(pattern, at),
        '{' => pattern.IndexOf('}', at + 1) + 1 is var after and > 0 ? after : throw Refused(pattern, "a { is not closed"),
        '(' => AfterGroup(pattern, at),
        _ => at + 1,
    };

    private static int AfterGroup(string pattern, int open)
    {
        for (var at = open + 1; at < pattern.Length; at = AfterItem(pattern, at))
        {
            if (pattern[at] == ')')
                return at + 1;
        }

        throw Refused(pattern, "a ( is not closed");
    }

    private static int AfterClass(string pattern, int open)
    {
        // A bracket that comes first belongs to the class.
        var at = open + (pattern.AsSpan(open + 1).StartsWith('^') ? 2 : 1);
        for (var first = at; at < pattern.Length; at += pattern[at] == '\\' ? 2 : 1)
        {
            if (pattern[at] == '[')
                throw Refused(pattern, "it has a [ within [ ]");
            if (pattern[at] == ']' && at > first)
                return at + 1;
        }

        throw Refused(pattern, "a [ is not closed");
    }

    private static InvalidDataException Refused(string pattern, string why) =>
        new($"The bot pattern '{pattern}' can't be used: {why}. Go back to the list before, or teach {nameof(BotPatternParser)} the pattern.");
}
