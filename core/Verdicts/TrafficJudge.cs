using ClickFuncs.Verdicts.Addresses;
using ClickFuncs.Verdicts.Bots;
using ClickFuncs.Verdicts.UserAgents;

namespace ClickFuncs.Verdicts;

/// <summary>
/// Marks known invalid traffic (R20) by what one request shows: its user agent and its address. Every rule that applies
/// leaves its reason, and the sternest decides the tier. Only clicks are for it: nothing else is billed, and
/// conversions come from servers. Immutable, thread-safe; allocates nothing and takes less than a microsecond.
/// </summary>
public sealed class TrafficJudge
{
    private readonly VerdictOptions _options;
    private readonly KnownBots _bots;
    private readonly AddressTable _dataCenters;

    /// <summary>With validated options, whose networks are read once, here.</summary>
    /// <exception cref="ArgumentException">A network can't be read; the message names it.</exception>
    public TrafficJudge(VerdictOptions options, KnownBots bots)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(bots);
        var problems = new List<string>();
        (_options, _bots, _dataCenters) = (options, bots, DataCenterRanges.Read(options, problems));
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
    }

    /// <summary>Patterns of known bots.</summary>
    public int BotPatternCount => _bots.PatternCount;

    /// <summary>Intervals of data centres' addresses.</summary>
    public int DataCenterRangeCount => _dataCenters.Count;

    /// <summary>Judges a click by the request that came in, so that a missing header says something too.</summary>
    /// <param name="userAgent">The header as it came; empty when there was none.</param>
    /// <param name="ip">The client's address as text; empty when unknown.</param>
    public Verdict JudgeRequest(ReadOnlySpan<byte> userAgent, ReadOnlySpan<byte> ip) =>
        userAgent.IsEmpty
            ? Apply(JudgeAddress(Verdict.Valid, ip), _options.MissingUserAgents, VerdictReasons.MissingUserAgent)
            : JudgeAddress(JudgeUserAgent(Verdict.Valid, userAgent), ip);

    /// <summary>
    /// Judges a click that somebody else recorded. What the record leaves out says nothing about the visitor; without user agent and
    /// address there is nothing to judge by, and nobody has.
    /// </summary>
    /// <param name="userAgent">The recorded header; empty when there is none.</param>
    /// <param name="ip">The recorded address as text; empty when there is none.</param>
    public Verdict JudgeRecord(ReadOnlySpan<byte> userAgent, ReadOnlySpan<byte> ip)
    {
        if (userAgent.IsEmpty)
            return ip.IsEmpty ? default : JudgeAddress(Verdict.Valid, ip);
        return JudgeAddress(JudgeUserAgent(Verdict.Valid, userAgent), ip);
    }

    private Verdict JudgeUserAgent(Verdict verdict, ReadOnlySpan<byte> userAgent)
    {
        // Most bots on the list also call themselves one: the list says more.
        if (_options.KnownBots != RuleEffect.Off && _bots.IsMatch(userAgent))
            verdict = Apply(verdict, _options.KnownBots, VerdictReasons.KnownBot);
        else if (_options.SelfDeclaredCrawlers != RuleEffect.Off && SelfDeclaredCrawler.IsDeclared(userAgent))
            verdict = Apply(verdict, _options.SelfDeclaredCrawlers, VerdictReasons.SelfDeclaredCrawler);
        return _options.AbsurdUserAgents != RuleEffect.Off && AbsurdUserAgent.IsAbsurd(userAgent)
            ? Apply(verdict, _options.AbsurdUserAgents, VerdictReasons.AbsurdUserAgent)
            : verdict;
    }

    private Verdict JudgeAddress(Verdict verdict, ReadOnlySpan<byte> ip) =>
        _options.DataCenters != RuleEffect.Off && _dataCenters.Contains(ip)
            ? Apply(verdict, _options.DataCenters, VerdictReasons.DataCenter)
            : verdict;

    private static Verdict Apply(Verdict verdict, RuleEffect effect, VerdictReasons reason) => effect switch
    {
        RuleEffect.Off => verdict,
        RuleEffect.Suspect => verdict.And(VerdictTier.Suspect, reason),
        RuleEffect.Invalid => verdict.And(VerdictTier.Invalid, reason),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
    };
}
