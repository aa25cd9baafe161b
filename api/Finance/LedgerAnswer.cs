namespace ClickFuncs.Api.Finance;

/// <summary>Who owes what.</summary>
/// <param name="Journals">A journal per advertiser and currency.</param>
public sealed record JournalsAnswer(IReadOnlyList<JournalAnswer> Journals);

/// <summary>A journal's head.</summary>
/// <param name="AdvertiserId">The advertiser.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="BalanceMicros">What the advertiser owes, in millionths.</param>
/// <param name="Hash">Of the last entry, which covers all before.</param>
public sealed record JournalAnswer(string AdvertiserId, string Currency, long Entries, long BalanceMicros, string Hash);

/// <summary>A page of a journal.</summary>
/// <param name="Entries">In order.</param>
/// <param name="Next">The from of the next page; null on the last.</param>
public sealed record EntriesAnswer(IReadOnlyList<EntryAnswer> Entries, long? Next);

/// <summary>An entry of a journal.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">charge, correction, payment or credit.</param>
/// <param name="BookedOn">The day it was booked.</param>
/// <param name="ClickDay">The day of the clicks; null for money.</param>
/// <param name="CampaignId">Their campaign; empty for money.</param>
/// <param name="Clicks">How many.</param>
/// <param name="AmountMicros">What it adds to what is owed, in millionths.</param>
/// <param name="Corrects">The entry that it corrects.</param>
/// <param name="Reference">The outside reference of a payment.</param>
/// <param name="Note">Why, for people.</param>
/// <param name="Hash">Covers it and all before.</param>
public sealed record EntryAnswer(
    long Sequence, string Id, string Kind, DateOnly BookedOn, DateOnly? ClickDay, string? CampaignId, long Clicks, long AmountMicros, string? Corrects,
    string? Reference, string? Note, string Hash);
