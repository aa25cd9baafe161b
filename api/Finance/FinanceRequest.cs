using System.Globalization;
using ClickFuncs.Ledger;

namespace ClickFuncs.Api.Finance;

/// <summary>Reads what finance endpoints are asked with.</summary>
internal static class FinanceRequest
{
    /// <summary>A day as <c>yyyy-MM-dd</c>; null if it is none.</summary>
    public static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>The journal of an advertiser in a currency; null if there can be none.</summary>
    public static JournalId? Journal(string advertiser, string currency)
    {
        try
        {
            return new JournalId(advertiser, currency);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A number of things from 1 to <paramref name="most"/>; <paramref name="otherwise"/> when it is not given.</summary>
    public static bool TryLimit(string? text, int otherwise, int most, out int limit)
    {
        limit = otherwise;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most);
    }
}
