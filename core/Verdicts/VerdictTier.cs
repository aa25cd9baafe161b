namespace ClickFuncs.Verdicts;

/// <summary>How an event was judged. The numbers are on the wire (<c>VerdictTierKind</c> in <c>ad_event.proto</c>).</summary>
public enum VerdictTier : byte
{
    /// <summary>Nobody has judged it: no click, or there was nothing to judge by. Counts as valid.</summary>
    Unjudged = 0,

    /// <summary>Judged, and no rule applied.</summary>
    Valid = 1,

    /// <summary>A rule applied that is wrong about people often enough: billed, shown, and left to the nightly judgement.</summary>
    Suspect = 2,

    /// <summary>Traffic that nobody pays for. The event stays, in the log and in reports.</summary>
    Invalid = 3,
}

/// <summary>Stable texts of <see cref="VerdictTier"/>.</summary>
public static class VerdictTiers
{
    /// <summary>Code in snake_case, as in event lines, reports and metrics.</summary>
    public static string Code(this VerdictTier tier) => tier switch
    {
        VerdictTier.Unjudged => "unjudged",
        VerdictTier.Valid => "valid",
        VerdictTier.Suspect => "suspect",
        VerdictTier.Invalid => "invalid",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };
}
