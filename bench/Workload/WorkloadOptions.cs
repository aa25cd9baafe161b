namespace ClickFuncs.Bench.Workload;

/// <summary>What a generated event file holds. The same options give the same bytes, on every machine.</summary>
internal sealed record WorkloadOptions
{
    /// <summary>The first lines of a file that are never late, so that every partition has a watermark before the first late event.</summary>
    public const int PunctualLines = 1000;

    /// <summary>Lines in the file, repeats included. Default 1,000,000.</summary>
    public int Events { get; init; } = 1_000_000;

    /// <summary>Everything random follows from it. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Start of the span the event times lie in, milliseconds since the Unix epoch. Default 2026-07-01T12:00Z.</summary>
    public long StartMs { get; init; } = 1_782_907_200_000;

    /// <summary>Length of that span; the lines come in no order. Default 10: from about 14 on, plain events arrive too late too.</summary>
    public int Minutes { get; init; } = 10;

    /// <summary>Lines per thousand that repeat another line exactly, anywhere before or after it. Default 50.</summary>
    public int DuplicatesPerMille { get; init; } = 50;

    /// <summary>Events per thousand whose time lies 20 to 180 minutes before the span's end. Default 10.</summary>
    public int LatePerMille { get; init; } = 10;

    /// <summary>Events per thousand that are impressions. Default 0.</summary>
    public int ImpressionsPerMille { get; init; }

    /// <summary>Events per thousand that are conversions. Default 0.</summary>
    public int ConversionsPerMille { get; init; }

    /// <summary>Advertisers. Default 10.</summary>
    public int Advertisers { get; init; } = 10;

    /// <summary>Campaigns of each advertiser. Default 4.</summary>
    public int Campaigns { get; init; } = 4;

    /// <summary>Ads of each campaign. Default 10.</summary>
    public int Ads { get; init; } = 10;

    /// <summary>Refuses what can't be generated.</summary>
    /// <exception cref="ArgumentException">Names every option that is wrong.</exception>
    public void Validate()
    {
        var wrong = new List<string>();
        if (Events < 1 || Minutes < 1)
            wrong.Add("events and minutes start at 1");
        if (DuplicatesPerMille is < 0 or > 900)
            wrong.Add("duplicates are 0 to 900 per thousand");
        if (LatePerMille is < 0 or > 500 || (LatePerMille > 0 && Events < 4 * PunctualLines))
            wrong.Add($"late events are 0 to 500 per thousand, of at least {4 * PunctualLines} lines");
        if (ImpressionsPerMille < 0 || ConversionsPerMille < 0 || ImpressionsPerMille + ConversionsPerMille > 1000)
            wrong.Add("impressions and conversions together are 0 to 1000 per thousand");
        if (Advertisers < 1 || Campaigns < 1 || Ads < 1)
            wrong.Add("there is at least one advertiser, campaign and ad");
        if (wrong.Count > 0)
            throw new ArgumentException($"No such workload: {string.Join("; ", wrong)}.");
    }
}
