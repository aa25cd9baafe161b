namespace ClickFuncs.Verdicts.Bots;

/// <summary>A pattern of the list, seen as literals.</summary>
/// <param name="Pattern">The regular expression.</param>
/// <param name="Literals">Every match contains one of them.</param>
/// <param name="IsExact">Whatever contains one of the literals is a match: the regular expression has nothing to add.</param>
internal sealed record BotPattern(string Pattern, IReadOnlyList<BotLiteral> Literals, bool IsExact);
