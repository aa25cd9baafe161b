namespace ClickFuncs.Budgets;

/// <summary>
/// Where whoever decides budgets shows them to redirects and feeds. It never vouches for what it shows longer than the decisions say:
/// when nobody comes with newer ones, campaigns are held back one by one. Thread-safe.
/// </summary>
public sealed class BudgetBoard
{
    private volatile BudgetSnapshot _current = BudgetSnapshot.Empty;

    /// <summary>The newest snapshot.</summary>
    public BudgetSnapshot Current => _current;

    /// <summary>Shows a newer snapshot.</summary>
    public void Show(BudgetSnapshot snapshot) => _current = snapshot;

    /// <summary>Whether a click for this campaign at this time is over budget. A campaign without a budget never is. Allocates nothing.</summary>
    /// <param name="campaignId">UTF-8 bytes of the id.</param>
    /// <param name="nowMs">The time of the click, milliseconds since the Unix epoch.</param>
    public bool IsBlocked(ReadOnlySpan<byte> campaignId, long nowMs) =>
        _current.TryFind(campaignId, out var entry) && entry.IsBlocked(nowMs);
}
