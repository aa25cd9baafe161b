namespace ClickFuncs.Ledger;

/// <summary>What is to be posted: an entry without its place in the journal. Made by <see cref="LedgerPostings"/>.</summary>
public sealed record LedgerPosting
{
    /// <summary>Deterministic id, see <see cref="LedgerEntryIds"/>.</summary>
    public required string EntryId { get; init; }

    /// <summary>What it is about.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The UTC day whose month states it.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The UTC day of the clicks; null for payments and credits.</summary>
    public DateOnly? ClickDay { get; init; }

    /// <summary>The campaign of the clicks; empty for payments and credits.</summary>
    public string CampaignId { get; init; } = "";

    /// <summary>Revision of the day's close, from 1; 0 for payments and credits.</summary>
    public int Revision { get; init; }

    /// <summary>By how many the billed clicks change; 0 for payments and credits.</summary>
    public long Clicks { get; init; }

    /// <summary>Id of the entry that this one corrects, if it does.</summary>
    public string? Corrects { get; init; }

    /// <summary>What a payment or credit is called outside, such as a bank's reference; empty for clicks.</summary>
    public string Reference { get; init; } = "";

    /// <summary>A reason in words, for people; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Both sides, the receivable first. They sum to zero.</summary>
    public required IReadOnlyList<LedgerLeg> Legs { get; init; }

    /// <summary>By how much it raises what the advertiser owes, in micros: a charge is positive, a payment negative.</summary>
    public long AmountMicros => Legs.Count > 0 ? Legs[0].AmountMicros : 0;

    /// <summary>Equal when every field is, legs included.</summary>
    public bool Equals(LedgerPosting? other) =>
        other is not null && LedgerEncoding.Content(this).AsSpan().SequenceEqual(LedgerEncoding.Content(other));

    /// <inheritdoc/>
    public override int GetHashCode() => EntryId.GetHashCode(StringComparison.Ordinal);
}
