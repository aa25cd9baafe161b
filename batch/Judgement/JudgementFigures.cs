namespace ClickFuncs.Batch.Judgement;

/// <summary>What judging the clicks of a day again came to: part of the reconciliation report.</summary>
/// <param name="RuleSet">Names the rules.</param>
/// <param name="RuleSetBefore">Names the rules of the close before; null for none.</param>
/// <param name="RulesChanged">Whether the close before judged by other rules, or by none.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Judged">Clicks that came too fast or are judged otherwise than they came, by what became of them.</param>
public sealed record JudgementFigures(
    string RuleSet, string? RuleSetBefore, bool RulesChanged, JudgementRules Rules, IReadOnlyList<JudgedFigures> Judged);

/// <summary>Clicks that were judged again and came to the same.</summary>
/// <param name="Currency">ISO 4217 code, or empty.</param>
/// <param name="Reason">The deciding reason: why they are invalid or suspect now, or why they were invalid.</param>
/// <param name="Before">What became of them as they came: <c>billed</c>, <c>invalid</c> or <c>over_budget</c>.</param>
/// <param name="After">What becomes of them now.</param>
/// <param name="Clicks">How many.</param>
/// <param name="SpendMicros">What this adds to the spend, millionths of the currency unit: below zero what is credited, above what is charged.</param>
public sealed record JudgedFigures(string Currency, string Reason, string Before, string After, long Clicks, long SpendMicros);
