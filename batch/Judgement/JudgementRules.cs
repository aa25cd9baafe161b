using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Judgement;

/// <summary>
/// The rules a day's clicks are judged by again at night (R21, docs/decisions/0022): what each reason does to a click, and how fast is too fast.
/// Fixed when a close begins, and named in its report.
/// </summary>
public sealed record JudgementRules
{
    /// <summary>Clicks of one identity on one ad within a window that are still allowed.</summary>
    public required int Threshold { get; init; }

    /// <summary>Length of the window, milliseconds of event time.</summary>
    public required long WindowMs { get; init; }

    /// <summary>What the window slides by, milliseconds.</summary>
    public required long ResolutionMs { get; init; }

    /// <summary>How long a breach marks later clicks, milliseconds.</summary>
    public required long CoolingMs { get; init; }

    /// <summary>What each reason does, by the order of <see cref="VerdictReasons"/>.</summary>
    public required IReadOnlyList<ReasonEffect> Effects { get; init; }

    /// <summary>Names the rules: the first 16 digits of their SHA-256. Other rules have another one.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, JudgementRulesJson.Default.JudgementRules)))[..16];

    internal long WindowSteps => WindowMs / ResolutionMs;

    /// <summary>How far before a click lies what may flag it.</summary>
    internal long ReachMs => CoolingMs + WindowMs;

    /// <summary>The rules that a host's settings make.</summary>
    public static JudgementRules Of(VelocityOptions velocity, VerdictOptions verdicts)
    {
        ArgumentNullException.ThrowIfNull(velocity);
        ArgumentNullException.ThrowIfNull(verdicts);
        return new JudgementRules
        {
            Threshold = velocity.Threshold,
            WindowMs = (long)velocity.Window.TotalMilliseconds,
            ResolutionMs = (long)velocity.Resolution.TotalMilliseconds,
            CoolingMs = (long)velocity.Cooling.TotalMilliseconds,
            Effects =
            [
                ReasonEffect.Of(VerdictReasons.KnownBot, verdicts.KnownBots),
                ReasonEffect.Of(VerdictReasons.SelfDeclaredCrawler, verdicts.SelfDeclaredCrawlers),
                ReasonEffect.Of(VerdictReasons.DataCenter, verdicts.DataCenters),
                ReasonEffect.Of(VerdictReasons.MissingUserAgent, verdicts.MissingUserAgents),
                ReasonEffect.Of(VerdictReasons.AbsurdUserAgent, verdicts.AbsurdUserAgents),
                ReasonEffect.Of(VerdictReasons.VelocityIp, velocity.Ips),
                ReasonEffect.Of(VerdictReasons.VelocityUser, velocity.Users),
            ],
        };
    }

    /// <summary>The reasons that have an effect.</summary>
    internal VerdictReasons With(RuleEffect effect) =>
        Effects.Where(entry => entry.Effect == effect).Aggregate(VerdictReasons.None, (set, entry) => set | entry.ToReason());
}

/// <summary>What a reason does to a click.</summary>
/// <param name="Reason">Code of the reason.</param>
/// <param name="Effect">What it does.</param>
public sealed record ReasonEffect(string Reason, [property: JsonConverter(typeof(RuleEffectText))] RuleEffect Effect)
{
    internal static ReasonEffect Of(VerdictReasons reason, RuleEffect effect) => new(reason.Code(), effect);

    internal VerdictReasons ToReason() => VerdictReasonCodes.TryParse(System.Text.Encoding.UTF8.GetBytes(Reason), out var reason)
        ? reason
        : throw new InvalidDataException($"The rules name the reason '{Reason}', which this version doesn't know: use the version that made them, or a later one.");
}

/// <summary>Effects by name: <c>off</c>, <c>suspect</c>, <c>invalid</c>.</summary>
internal sealed class RuleEffectText() : JsonStringEnumConverter<RuleEffect>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>JSON of rules, the same bytes every time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JudgementRules))]
internal sealed partial class JudgementRulesJson : JsonSerializerContext;
