namespace ClickFuncs.Api.Catalog;

/// <summary>A page of the advertisers that the caller may see.</summary>
/// <param name="Advertisers">Ids, ascending.</param>
/// <param name="Next">The after of the next page; null on the last.</param>
public sealed record AdvertisersAnswer(IReadOnlyList<string> Advertisers, string? Next);
