using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ClickFuncs.Events;

namespace ClickFuncs.Verdicts.Bots;

/// <summary>
/// Recognises the user agents of known bots by the patterns of <c>crawler-user-agents</c>, a list kept by volunteers. Nearly all
/// patterns are literals, found in one pass; of the few others each is tried once, and only on a user agent that
/// contains a literal of it. So the time is bounded whatever a stranger sends. Immutable, thread-safe; allocates nothing.
/// </summary>
public sealed class KnownBots
{
    private const string Resource = "crawler-user-agents.json";

    private readonly NeedleAutomaton _automaton;

    // By the bit that the automaton reports for it. Made when first needed, as setting up the engine takes longer than all
    // the rest, and hardly anybody sends what needs one.
    private readonly Lazy<Regex>[] _regexes;

    /// <summary>With the patterns of a list, as regular expressions.</summary>
    /// <exception cref="InvalidDataException">A pattern can't be matched fast; the message names it.</exception>
    public KnownBots(IReadOnlyCollection<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        PatternCount = patterns.Count;
        var parsed = patterns.Select(BotPatternParser.Parse).ToList();
        var others = parsed.Where(pattern => !pattern.IsExact).ToList();
        if (others.Count >= BitOperations.Log2(NeedleAutomaton.Proof))
            throw new InvalidDataException(
                $"{others.Count} of the bot patterns are no lists of literals. There is room for {BitOperations.Log2(NeedleAutomaton.Proof)}: widen the reports of {nameof(NeedleAutomaton)}.");
        _regexes = [.. others.Select(pattern => new Lazy<Regex>(() => Compile(pattern.Pattern)))];
        _automaton = NeedleAutomatonBuilder.Build(
        [
            .. parsed.Where(pattern => pattern.IsExact).SelectMany(pattern => pattern.Literals).Select(literal => new Needle(literal, NeedleAutomaton.Proof)),
            .. others.SelectMany((pattern, bit) => pattern.Literals.Select(literal => new Needle(literal, 1UL << bit))),
        ]);
    }

    /// <summary>Patterns in the list.</summary>
    public int PatternCount { get; }

    /// <summary>Builds the matcher of the list this program was built with. Takes tens of milliseconds: do it once.</summary>
    public static KnownBots Load()
    {
        using var stream = typeof(KnownBots).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not part of this assembly: build it anew.");
        using var list = JsonDocument.Parse(stream);
        return new KnownBots([.. list.RootElement.EnumerateArray().Select(entry => entry.GetProperty("pattern").GetString()!)]);
    }

    /// <summary>Whether a pattern matches. What lies beyond <see cref="EventLimits.MaxTextBytes"/> is not looked at.</summary>
    /// <param name="userAgent">The header as it came; bytes that are not UTF-8 match no letter.</param>
    public bool IsMatch(ReadOnlySpan<byte> userAgent)
    {
        if (userAgent.Length > EventLimits.MaxTextBytes)
            userAgent = userAgent[..EventLimits.MaxTextBytes];
        var found = _automaton.Scan(userAgent);
        return found != 0 && ((found & NeedleAutomaton.Proof) != 0 || IsConfirmed(found, userAgent));
    }

    // Never backtracks: the time is linear in the text, whatever the text.
    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private bool IsConfirmed(ulong candidates, ReadOnlySpan<byte> userAgent)
    {
        Span<char> buffer = stackalloc char[EventLimits.MaxTextBytes];
        Utf8.ToUtf16(userAgent, buffer, out _, out var length, replaceInvalidSequences: true);
        for (; candidates != 0; candidates &= candidates - 1)
        {
            if (_regexes[BitOperations.TrailingZeroCount(candidates)].Value.IsMatch(buffer[..length]))
                return true;
        }

        return false;
    }
}
