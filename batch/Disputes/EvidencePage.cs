namespace ClickFuncs.Batch.Disputes;

/// <summary>Some of the clicks behind a line.</summary>
/// <param name="Clicks">By bucket of the archive, then event time, then id; the same for every page size.</param>
/// <param name="Continuation">What to ask for the next page with; null after the last click.</param>
public sealed record EvidencePage(IReadOnlyList<EvidenceClick> Clicks, string? Continuation);
