namespace ClickFuncs.Api.Finance;

/// <summary>What an advertiser was charged and paid in a month. Each amount is given as decimal text and as whole millionths.</summary>
/// <param name="AdvertiserId">The advertiser.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Month">The month, as 2026-11.</param>
/// <param name="AsOf">Up to which entry of the journal.</param>
/// <param name="OpeningBalance">Owed before.</param>
/// <param name="OpeningBalanceMicros">The same in millionths.</param>
/// <param name="Charges">For clicks.</param>
/// <param name="ChargesMicros">The same in millionths.</param>
/// <param name="Corrections">Of charges.</param>
/// <param name="CorrectionsMicros">The same in millionths.</param>
/// <param name="Payments">Paid.</param>
/// <param name="PaymentsMicros">The same in millionths.</param>
/// <param name="Credits">Granted.</param>
/// <param name="CreditsMicros">The same in millionths.</param>
/// <param name="ClosingBalance">Owed after.</param>
/// <param name="ClosingBalanceMicros">The same in millionths.</param>
/// <param name="Clicks">Clicks charged.</param>
/// <param name="Lines">The entries booked in the month.</param>
public sealed record StatementAnswer(
    string AdvertiserId, string Currency, string Month, StatementBasis AsOf, string OpeningBalance, long OpeningBalanceMicros, string Charges, long ChargesMicros,
    string Corrections, long CorrectionsMicros, string Payments, long PaymentsMicros, string Credits, long CreditsMicros, string ClosingBalance,
    long ClosingBalanceMicros, long Clicks, IReadOnlyList<StatementLineAnswer> Lines);

/// <summary>The journal that a statement is made from.</summary>
/// <param name="LedgerEntry">Its last entry; 0 for none.</param>
/// <param name="LedgerHash">That entry's hash.</param>
public sealed record StatementBasis(long LedgerEntry, string LedgerHash);

/// <summary>A line of a statement.</summary>
/// <param name="Kind">charge, correction, payment or credit.</param>
/// <param name="BookedOn">The day it was booked.</param>
/// <param name="Amount">What it adds to what is owed.</param>
/// <param name="AmountMicros">The same in millionths.</param>
/// <param name="EntryId">Id of the entry.</param>
/// <param name="ClickDay">The day of the clicks, if it is about clicks.</param>
/// <param name="CampaignId">Their campaign.</param>
/// <param name="Clicks">How many.</param>
/// <param name="Corrects">The entry that it corrects, if it does.</param>
/// <param name="Reference">The outside reference, if it has one.</param>
/// <param name="Note">Why, if it is said.</param>
public sealed record StatementLineAnswer(
    string Kind, DateOnly BookedOn, string Amount, long AmountMicros, string EntryId, DateOnly? ClickDay = null, string? CampaignId = null, long? Clicks = null,
    string? Corrects = null, string? Reference = null, string? Note = null);
