namespace ClickFuncs.Budgets;

/// <summary>UTC days as numbers since the Unix epoch: the days that daily budgets are for, wherever the advertiser lives.</summary>
public static class BudgetDay
{
    /// <summary>Milliseconds of a day; UTC has no other days.</summary>
    public const long Ms = 86_400_000;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The day of a time in milliseconds since the Unix epoch.</summary>
    public static int Of(long timeMs) => checked((int)Math.DivRem(timeMs, Ms, out var rest) - (rest < 0 ? 1 : 0));

    /// <summary>The day of a date.</summary>
    public static int Of(DateOnly date) => date.DayNumber - Epoch;

    /// <summary>The date of a day.</summary>
    public static DateOnly ToDate(int day) => DateOnly.FromDayNumber(day + Epoch);
}
