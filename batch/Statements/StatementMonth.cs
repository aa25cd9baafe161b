using System.Globalization;

namespace ClickFuncs.Batch.Statements;

/// <summary>A calendar month, UTC: it states the entries that are booked on its days.</summary>
public readonly record struct StatementMonth
{
    private const string Format = "yyyy-MM";

    /// <param name="year">1 to 9998.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such month.</exception>
    public StatementMonth(int year, int month) => First = new DateOnly(year, month, 1);

    /// <summary>Its first day.</summary>
    public DateOnly First { get; }

    /// <summary>Its last day.</summary>
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>Reads <c>2026-07</c>.</summary>
    /// <exception cref="FormatException">It is no month.</exception>
    public static StatementMonth Parse(string text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year < 9999
            ? new StatementMonth(first.Year, first.Month)
            : throw new FormatException($"'{text}' is no month; write it like 2026-07.");

    /// <summary>Whether a day lies in it.</summary>
    public bool Contains(DateOnly day) => day >= First && day <= Last;

    /// <summary><c>2026-07</c>.</summary>
    public override string ToString() => First.ToString(Format, CultureInfo.InvariantCulture);
}
