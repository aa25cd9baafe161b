using System.ComponentModel.DataAnnotations;
using ClickFuncs.Verdicts.Addresses;

namespace ClickFuncs.Verdicts;

/// <summary>
/// What is known to be no customer's click (R20). docs/decisions/0012 says of each rule when it applies and what it costs.
/// A change holds for clicks from then on: those on the log keep the verdict they got.
/// </summary>
public sealed class VerdictOptions : IValidatableObject
{
    /// <summary>User agents on the list of known bots. Default invalid: the list is made of what bots say they are.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect KnownBots { get; set; } = RuleEffect.Invalid;

    /// <summary>User agents that call themselves a crawler and are on no list. Default invalid: nobody claims that falsely.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect SelfDeclaredCrawlers { get; set; } = RuleEffect.Invalid;

    /// <summary>Clicks from <see cref="DataCenterRanges"/> and <see cref="DataCenterFile"/>. Default invalid: servers buy nothing.
    /// Suspect where people come through a VPN or a company's proxy in such a network.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect DataCenters { get; set; } = RuleEffect.Invalid;

    /// <summary>Networks of data centres, such as <c>203.0.113.0/24</c> or <c>2001:db8::/32</c>. Default none: there is no list that fits everybody.</summary>
    public IList<string> DataCenterRanges { get; init; } = [];

    /// <summary>File with more of them, one per line; <c>#</c> begins a comment. Relative to where the program was started. Default none.</summary>
    public string? DataCenterFile { get; set; }

    /// <summary>Requests without a user agent. Default suspect: browsers always send one, but some people have theirs removed.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect MissingUserAgents { get; set; } = RuleEffect.Suspect;

    /// <summary>User agents that no browser sends: too short, overlong, without letters, or with control characters. Default
    /// suspect: it says that somebody hides, not who.</summary>
    [EnumDataType(typeof(RuleEffect))]
    public RuleEffect AbsurdUserAgents { get; set; } = RuleEffect.Suspect;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var problems = new List<string>();
        Addresses.DataCenterRanges.Read(this, problems);
        return problems.Select(problem => new ValidationResult(problem));
    }
}
