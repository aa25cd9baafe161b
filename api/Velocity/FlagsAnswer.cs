namespace ClickFuncs.Api.Velocity;

/// <summary>Who is flagged now.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Flags">The newest.</param>
public sealed record FlagsAnswer(int Count, IReadOnlyList<FlagAnswer> Flags);

/// <summary>A visitor who clicked too fast.</summary>
/// <param name="Identity">Pseudonym, which changes every day.</param>
/// <param name="Kind">ip or user.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when, unless it goes on.</param>
/// <param name="PeakClicks">Most clicks in a window.</param>
public sealed record FlagAnswer(string Identity, string Kind, DateTimeOffset From, DateTimeOffset Until, long PeakClicks);
