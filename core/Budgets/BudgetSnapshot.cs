using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClickFuncs.Budgets;

/// <summary>Every campaign that has a budget, as of one look at all of them. Immutable, so any number of threads may read it.</summary>
public sealed class BudgetSnapshot
{
    /// <summary>No budgets.</summary>
    public static readonly BudgetSnapshot Empty = new([], long.MinValue, long.MinValue);

    private readonly HashSet<BudgetEntry> _entries;
    private readonly HashSet<BudgetEntry>.AlternateLookup<ReadOnlySpan<byte>> _byId;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="entries">The campaigns.</param>
    /// <param name="asOfMs">Up to when spend is known; <see cref="long.MinValue"/> when nothing is.</param>
    /// <param name="decidedAtMs">When it was decided, milliseconds since the Unix epoch.</param>
    public BudgetSnapshot(IEnumerable<BudgetEntry> entries, long asOfMs, long decidedAtMs)
    {
        _entries = new HashSet<BudgetEntry>(entries, BudgetEntryComparer.Instance);
        _byId = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
        (AsOfMs, DecidedAtMs) = (asOfMs, decidedAtMs);
    }

    /// <summary>Up to when spend is known, milliseconds since the Unix epoch.</summary>
    public long AsOfMs { get; }

    /// <summary>When it was decided, milliseconds since the Unix epoch.</summary>
    public long DecidedAtMs { get; }

    /// <summary>The campaigns, in no order.</summary>
    public IReadOnlyCollection<BudgetEntry> Entries => _entries;

    /// <summary>Finds a campaign by the UTF-8 bytes of its id.</summary>
    public bool TryFind(ReadOnlySpan<byte> campaignId, [MaybeNullWhen(false)] out BudgetEntry entry) => _byId.TryGetValue(campaignId, out entry);

    /// <summary>Finds a campaign by its id.</summary>
    public bool TryFind(string campaignId, [MaybeNullWhen(false)] out BudgetEntry entry) => TryFind(Encoding.UTF8.GetBytes(campaignId), out entry);
}
