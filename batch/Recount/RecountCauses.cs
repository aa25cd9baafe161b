namespace ClickFuncs.Batch.Recount;

/// <summary>Stable texts of <see cref="RecountCause"/>: what files and reports hold.</summary>
public static class RecountCauses
{
    /// <summary>The cause in snake_case.</summary>
    public static string Code(this RecountCause cause) => cause switch
    {
        RecountCause.Truth => "truth",
        RecountCause.TooLate => "too_late",
        RecountCause.BeyondHorizon => "beyond_horizon",
        RecountCause.OtherCopy => "other_copy",
        RecountCause.OtherPartition => "other_partition",
        RecountCause.Quarantined => "quarantined",
        RecountCause.NotProcessed => "not_processed",
        RecountCause.ReJudged => "re_judged",
        RecountCause.EarlierDay => "earlier_day",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    /// <summary>The cause of a text.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static RecountCause Parse(string code) => Enum.GetValues<RecountCause>().Cast<RecountCause?>().FirstOrDefault(cause => cause!.Value.Code() == code)
        ?? throw new FormatException($"'{code}' is no cause of a difference.");
}
