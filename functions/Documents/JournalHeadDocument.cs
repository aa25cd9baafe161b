namespace ClickFuncs.Functions.Documents;

/// <summary>Head of an <see cref="OwnedJournal"/>.</summary>
public sealed record JournalHeadDocument
{
    /// <summary>Id of every head.</summary>
    public const string HeadId = "head";

    /// <summary>Always <see cref="HeadId"/>.</summary>
    public string Id { get; init; } = HeadId;

    /// <summary>Which journal.</summary>
    public required string Pk { get; init; }

    /// <summary>Fencing token of the present owner.</summary>
    public long Token { get; init; }

    /// <summary>Number of the last entry; 0 for none.</summary>
    public long Last { get; init; }

    /// <summary>The snapshot: number of the last entry it covers, and where its bytes are; null without one.</summary>
    public BodyDocument? Snapshot { get; init; }
}
