namespace ClickFuncs.Verdicts;

/// <summary>
/// The judgement on one event (R21): a mark, never a deletion. Whoever judges writes it on the event; the tier is what was
/// decided under the rules of that time, the reasons let it be judged anew under others.
/// </summary>
/// <param name="Tier">What was decided.</param>
/// <param name="Reasons">Why. Empty exactly when the tier is neither suspect nor invalid.</param>
public readonly record struct Verdict(VerdictTier Tier, VerdictReasons Reasons)
{
    /// <summary>Judged, and no rule applied.</summary>
    public static Verdict Valid => new(VerdictTier.Valid, VerdictReasons.None);

    /// <summary>Whether somebody has judged the event.</summary>
    public bool IsJudged => Tier != VerdictTier.Unjudged;

    /// <summary>This judgement with another rule's added: the sterner tier, and all reasons.</summary>
    public Verdict And(VerdictTier tier, VerdictReasons reason) => new(tier > Tier ? tier : Tier, Reasons | reason);
}
