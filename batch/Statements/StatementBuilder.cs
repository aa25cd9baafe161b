using ClickFuncs.Ledger;
using ClickFuncs.Money;

namespace ClickFuncs.Batch.Statements;

/// <summary>
/// Makes statements from the ledger. It reads the whole journal, checks its chain as it goes, and holds only the month's
/// entries in memory.
/// </summary>
public sealed class StatementBuilder(ILedger ledger)
{
    /// <summary>Makes a statement. Entries that are posted meanwhile are left out.</summary>
    /// <exception cref="LedgerCorruptException">The journal is damaged or altered, or does not add up. There is no statement of it until it is restored.</exception>
    public async ValueTask<Statement> BuildAsync(JournalId journal, StatementMonth month, CancellationToken cancellationToken)
    {
        var head = (await ledger.GetBalanceAsync(journal, cancellationToken)).Head;
        var chain = new JournalChain(journal);
        var lines = new List<LedgerEntry>();
        LedgerEntry? asOf = null;
        var (opening, later) = (0L, 0L);
        await foreach (var entry in ledger.ReadAllAsync(journal, cancellationToken))
        {
            if (entry.Sequence > head.Count)
                break;
            Require(chain.Follow(entry));
            var posting = entry.Posting;
            if (posting.BookedOn > month.Last)
            {
                later = checked(later + posting.AmountMicros);
                continue;
            }

            asOf = entry;
            if (month.Contains(posting.BookedOn))
                lines.Add(entry);
            else
                opening = checked(opening + posting.AmountMicros);
        }

        Require(chain.Head == head ? [] : [$"Ledger of {journal}: its head is not what its entries come to."]);
        // Sequence numbers break ties: the sort is stable.
        var ordered = lines.OrderBy(line => line.Posting.BookedOn).ToList();
        return Balanced(new Statement(journal, month, opening, ordered, checked(head.BalanceMicros - later), asOf));
    }

    // The closing balance comes down from the journal's head, the opening balance and the lines up from its start: they must meet.
    private static Statement Balanced(Statement statement)
    {
        var sum = statement.Lines.Aggregate(statement.OpeningMicros, (total, line) => checked(total + line.Posting.AmountMicros));
        var currency = statement.Journal.Currency;
        Require(sum == statement.ClosingMicros
            ? []
            : [$"Ledger of {statement.Journal}, {statement.Month}: opening balance and lines come to {MoneyText.Format(sum, currency)}, the closing balance is {MoneyText.Format(statement.ClosingMicros, currency)}."]);
        return statement;
    }

    private static void Require(IReadOnlyList<string> findings)
    {
        if (findings.Count > 0)
            throw new LedgerCorruptException($"{string.Join(' ', findings)} Run 'verify', and restore the ledger before anything is stated from it.");
    }
}
