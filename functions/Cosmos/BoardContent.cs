using ClickFuncs.Budgets;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>A snapshot of all budgets' decisions as it is stored.</summary>
/// <param name="AsOfMs">Up to when spend is known.</param>
/// <param name="DecidedAtMs">When it was decided.</param>
/// <param name="Entries">The campaigns.</param>
public sealed record BoardContent(long AsOfMs, long DecidedAtMs, IReadOnlyList<BoardEntry> Entries)
{
    /// <summary>What is stored of a snapshot.</summary>
    public static BoardContent Of(BudgetSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new BoardContent(snapshot.AsOfMs, snapshot.DecidedAtMs, [.. snapshot.Entries.Select(entry => new BoardEntry(
            entry.Stored, entry.Figures, entry.Decision, entry.SinceMs))]);
    }

    /// <summary>The snapshot again.</summary>
    public BudgetSnapshot ToSnapshot() => new(
        Entries.Select(entry => new BudgetEntry(entry.Stored, entry.Figures, entry.Decision, entry.SinceMs)), AsOfMs, DecidedAtMs);
}

/// <summary>One campaign of it.</summary>
/// <param name="Stored">The budget.</param>
/// <param name="Figures">What was known.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="SinceMs">Since when.</param>
public sealed record BoardEntry(StoredBudget Stored, BudgetFigures Figures, BudgetDecision Decision, long SinceMs);
