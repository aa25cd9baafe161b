namespace ClickFuncs.Verdicts.Bots;

/// <summary>Characters in a row.</summary>
/// <param name="Text">The characters, case-sensitive.</param>
/// <param name="IsAtStart">Only where the user agent begins.</param>
internal readonly record struct BotLiteral(string Text, bool IsAtStart);
