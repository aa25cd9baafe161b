using System.Globalization;
using System.Text.Json;
using ClickFuncs.Ledger;
using ClickFuncs.Money;

namespace ClickFuncs.Local.Commands;

/// <summary>What the ledger's verbs print, a line each. Amounts come as decimal text and as whole micros.</summary>
internal static class LedgerJson
{
    public static string Describe(JournalBalance balance)
    {
        var (head, currency) = (balance.Head, balance.Head.Journal.Currency);
        return JsonSerializer.Serialize(new
        {
            advertiser_id = head.Journal.AdvertiserId,
            currency,
            balance = MoneyText.Format(head.BalanceMicros, currency),
            balance_micros = head.BalanceMicros,
            credit_limit = Describe(balance.Limit, currency),
            over_limit = balance.IsOverLimit,
            entries = head.Count,
            hash = head.Hash.ToString(),
        });
    }

    public static string Describe(LedgerEntry entry)
    {
        var (posting, currency) = (entry.Posting, entry.Journal.Currency);
        return JsonSerializer.Serialize(new
        {
            sequence = entry.Sequence,
            entry_id = posting.EntryId,
            kind = posting.Kind.Name(),
            booked_on = Date(posting.BookedOn),
            click_day = Date(posting.ClickDay),
            campaign_id = posting.CampaignId,
            revision = posting.Revision,
            clicks = posting.Clicks,
            amount = MoneyText.Format(posting.AmountMicros, currency),
            amount_micros = posting.AmountMicros,
            corrects = posting.Corrects,
            reference = posting.Reference,
            note = posting.Note,
            legs = posting.Legs.Select(leg => new { account = leg.Account, amount_micros = leg.AmountMicros }),
            hash = entry.Hash.ToString(),
        });
    }

    private static string Describe(CreditLimit limit, string currency) => limit.Micros switch
    {
        null => LedgerCommand.Unlimited,
        0 => LedgerCommand.Prepaid,
        { } micros => MoneyText.Format(micros, currency),
    };

    private static string? Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
