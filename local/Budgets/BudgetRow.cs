using ClickFuncs.Budgets;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Budgets;

/// <summary>How a budget becomes a row and back; columns as in <see cref="BudgetSchema.Columns"/>.</summary>
internal static class BudgetRow
{
    public static StoredBudget Read(SqliteDataReader row) => new(
        new CampaignBudget
        {
            CampaignId = row.GetString(0),
            AdvertiserId = row.GetString(1),
            Currency = row.GetString(2),
            DailyMicros = row.IsDBNull(3) ? null : row.GetInt64(3),
            TotalMicros = row.IsDBNull(4) ? null : row.GetInt64(4),
            Start = BudgetDay.ToDate(row.GetInt32(5)),
            End = row.IsDBNull(6) ? null : BudgetDay.ToDate(row.GetInt32(6)),
        },
        row.GetInt64(7));

    public static void Bind(SqliteCommand command, StoredBudget stored)
    {
        var budget = stored.Budget;
        command.Parameters.AddWithValue("$campaign", budget.CampaignId);
        command.Parameters.AddWithValue("$advertiser", budget.AdvertiserId);
        command.Parameters.AddWithValue("$currency", budget.Currency);
        command.Parameters.AddWithValue("$daily", (object?)budget.DailyMicros ?? DBNull.Value);
        command.Parameters.AddWithValue("$total", (object?)budget.TotalMicros ?? DBNull.Value);
        command.Parameters.AddWithValue("$start", BudgetDay.Of(budget.Start));
        command.Parameters.AddWithValue("$end", budget.End is { } end ? BudgetDay.Of(end) : DBNull.Value);
        command.Parameters.AddWithValue("$version", stored.Version);
    }
}
