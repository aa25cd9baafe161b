using System.Globalization;
using System.Text.Json;
using ClickFuncs.Budgets;

namespace ClickFuncs.Api.Budgets;

/// <summary>A budget with its state on the wire. Amounts are integers in millionths of the currency unit.</summary>
public static class BudgetJson
{
    /// <summary>Writes one budget.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="stored">The budget.</param>
    /// <param name="entry">What is known of it as of now; null when nobody has looked at it yet, which counts as held.</param>
    public static void Write(Utf8JsonWriter writer, StoredBudget stored, BudgetEntry? entry)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(stored);
        var budget = stored.Budget;
        writer.WriteStartObject();
        writer.WriteString("campaign_id", budget.CampaignId);
        writer.WriteString("advertiser_id", budget.AdvertiserId);
        writer.WriteString("currency", budget.Currency);
        Write(writer, "daily_micros", budget.DailyMicros);
        Write(writer, "total_micros", budget.TotalMicros);
        writer.WriteString("start", Date(budget.Start));
        writer.WriteString("end", budget.End is { } end ? Date(end) : null);
        writer.WriteNumber("version", stored.Version);
        writer.WriteString("state", Code(entry?.Decision.State ?? BudgetState.Held));
        writer.WriteString("reason", Code(entry?.Decision.Reason ?? BudgetReason.SpendUnknown));
        writer.WriteString("since", entry is null ? null : Time(entry.SinceMs));
        Write(writer, "spent_today_micros", entry?.Figures.TodayMicros);
        Write(writer, "spent_total_micros", entry?.Figures.TotalMicros);
        Write(writer, "remaining_micros", entry?.Decision.RemainingMicros);
        Write(writer, "micros_per_second", entry?.Figures.MicrosPerSecond);
        Write(writer, "at_risk_micros", entry?.Decision.AtRiskMicros);
        writer.WriteString("as_of", entry is null || entry.Figures.AsOfMs == long.MinValue ? null : Time(entry.Figures.AsOfMs));
        writer.WriteEndObject();
    }

    /// <summary>The name of a state on the wire.</summary>
    public static string Code(BudgetState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>The name of a reason on the wire.</summary>
    public static string Code(BudgetReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    /// <summary>A time in milliseconds since the Unix epoch as ISO 8601, UTC. The far past, from where nothing is known, is null.</summary>
    public static string? Time(long timeMs) => timeMs <= 0
        ? null
        : DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
