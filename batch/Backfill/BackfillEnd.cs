namespace ClickFuncs.Batch.Backfill;

/// <summary>What becomes of a backfill's result once it is compared. Never anything between: queries show the counts before or those after.</summary>
public enum BackfillEnd
{
    /// <summary>It is thrown away; the difference stays to be read. To see what the present logic would change.</summary>
    Discard,

    /// <summary>It takes the place of what queries show, at once.</summary>
    Apply,

    /// <summary>It stays staged until somebody has looked at the difference and decides, for seven days at most. While anything is staged no
    /// month of old days moves to the lake.</summary>
    Keep,
}
