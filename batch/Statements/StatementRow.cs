using ClickFuncs.Ledger;

namespace ClickFuncs.Batch.Statements;

/// <summary>
/// A row of the statement as a table: <c>opening</c> on the first day, a row per line, <c>closing</c> on the last day. The
/// amounts of all rows but the last sum to that of the last.
/// </summary>
internal sealed record StatementRow(
    string Kind, DateOnly BookedOn, DateOnly? ClickDay, string CampaignId, long Clicks, long AmountMicros, string EntryId, string Corrects, string Reference, string Note)
{
    public static IEnumerable<StatementRow> Of(Statement statement) =>
    [
        Balance("opening", statement.Month.First, statement.OpeningMicros),
        .. statement.Lines.Select(line => line.Posting).Select(posting => new StatementRow(
            posting.Kind.Name(), posting.BookedOn, posting.ClickDay, posting.CampaignId, posting.Clicks, posting.AmountMicros,
            posting.EntryId, posting.Corrects ?? "", posting.Reference, posting.Note)),
        Balance("closing", statement.Month.Last, statement.ClosingMicros),
    ];

    private static StatementRow Balance(string kind, DateOnly day, long micros) => new(kind, day, null, "", 0, micros, "", "", "", "");
}
