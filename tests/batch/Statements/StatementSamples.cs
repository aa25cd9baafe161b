using ClickFuncs.Batch.Statements;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Batch.Tests.Statements;

/// <summary>A small ledger over two months, and its statements.</summary>
internal static class StatementSamples
{
    public static JournalId Journal { get; } = new("adv_<b>&co", "USD");

    public static StatementMonth July { get; } = new(2026, 7);

    public static StatementMonth August { get; } = new(2026, 8);

    /// <summary>Two July days closed; one of them corrected in August; a payment, a credit and a payment taken back.</summary>
    public static async Task<InMemoryLedger> LedgerAsync()
    {
        var ledger = new InMemoryLedger();
        var charging = new DayCharging(ledger);
        await ChargeAsync(30, 1, 30, ("cmp_1", 900_000, 2), ("cmp_=2", 455_000, 1));
        await ChargeAsync(31, 1, 32, ("cmp_1", 1_350_000, 3));
        await PostAsync(LedgerPostings.Payment(Journal, "bank \"1\", July", 1_000_000, Day(31)));
        await ChargeAsync(30, 2, 33, ("cmp_1", 450_001, 1), ("cmp_=2", 455_000, 1));
        await PostAsync(LedgerPostings.Credit(Journal, "goodwill", 100_000, Day(34), "sorry <i>for</i> the outage"));
        await PostAsync(LedgerPostings.Payment(Journal, "back", -1_000_000, Day(35), "bounced", "payment:bank \"1\", July"));
        return ledger;

        async Task PostAsync(LedgerPosting posting) => await ledger.PostAsync(Journal, [posting], null, CancellationToken.None);

        async Task ChargeAsync(int day, int revision, int runOn, params (string Campaign, long Micros, long Clicks)[] totals) => await charging.ChargeAsync(
            new DayClose(Day(day), revision, Day(runOn)),
            [.. totals.Select(total => new CampaignTotal(Journal, total.Campaign, new ChargeAmount(total.Micros, total.Clicks)))],
            CancellationToken.None);
    }

    public static ValueTask<Statement> BuildAsync(ILedger ledger, StatementMonth month) =>
        new StatementBuilder(ledger).BuildAsync(Journal, month, CancellationToken.None);

    public static async Task<byte[]> WriteAsync(Statement statement, StatementFormat format)
    {
        using var stream = new MemoryStream();
        await StatementDocument.WriteAsync(statement, format, stream, CancellationToken.None);
        return stream.ToArray();
    }

    // Counted on from July: 32 is the first of August.
    private static DateOnly Day(int day) => July.First.AddDays(day - 1);
}
