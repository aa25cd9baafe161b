namespace ClickFuncs.Batch.Recount;

/// <summary>
/// Why truth and stream differ, from the stream's written policy (docs/architecture.md). The numbers are stored; the texts are those of
/// <see cref="RecountCauses.Code"/>.
/// </summary>
public enum RecountCause
{
    /// <summary>No difference: the recount itself.</summary>
    Truth = 0,

    /// <summary>The event's window was closed when it came. Negative where the stream had counted another copy of it instead.</summary>
    TooLate = 1,

    /// <summary>A copy came after its id was forgotten, and the stream counted it again.</summary>
    BeyondHorizon = 2,

    /// <summary>The copy that counts is not the one that came first: one row for each, of opposite sign.</summary>
    OtherCopy = 3,

    /// <summary>A copy came by another partition than the one that counts, where the stream counted it too.</summary>
    OtherPartition = 4,

    /// <summary>The stream put it aside, the recount could read it. Negative where the stream had counted another copy of it instead.</summary>
    Quarantined = 5,

    /// <summary>The stream had not published it at the cut.</summary>
    NotProcessed = 6,

    /// <summary>Mature fraud rules judge otherwise than the stream did.</summary>
    ReJudged = 7,

    /// <summary>No difference: a click of the day that is a copy of one of an earlier day, which no count holds. Has raw clicks only.</summary>
    EarlierDay = 8,
}
