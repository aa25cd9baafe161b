namespace ClickFuncs.Verdicts.Bots;

/// <summary>What <see cref="NeedleAutomaton"/> looks for.</summary>
/// <param name="Literal">Characters to find.</param>
/// <param name="Report">The bits that finding them adds to the scan's result.</param>
internal readonly record struct Needle(BotLiteral Literal, ulong Report);
