using ClickFuncs.Batch.Judgement;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>
/// What the close of a day found: the recount beside the stream's numbers, every difference put to a cause. It holds no time
/// of the clock, so the same input gives the same bytes.
/// </summary>
public sealed record ReconciliationReport
{
    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The day, UTC, as <c>yyyy-MM-dd</c>.</summary>
    public required string Date { get; init; }

    /// <summary>Counts the closes of the day that found something new, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The stream's policy that the differences are explained by.</summary>
    public required ReportPolicy Policy { get; init; }

    /// <summary>What the close took into account: the last record of each partition.</summary>
    public required IReadOnlyList<ReportCut> Cut { get; init; }

    /// <summary>The figures of the day by currency; what has no price has the empty currency.</summary>
    public required IReadOnlyList<CurrencyFigures> Currencies { get; init; }

    /// <summary>What judging the clicks again came to; null in reports of before they were.</summary>
    public JudgementFigures? Judgement { get; init; }

    /// <summary>Copies of events that were already counted, recognised by their id.</summary>
    public required CopyFigures Copies { get; init; }

    /// <summary>Records that are no valid event, by reason, among those the parts of the day hold. They are kept with their bytes.</summary>
    public required IReadOnlyDictionary<string, long> Quarantined { get; init; }

    /// <summary>What no cause accounts for. Anything here is a failure.</summary>
    public required UnexplainedFigures Unexplained { get; init; }

    /// <summary>Alerts raised: <c>drift</c>, <c>unexplained</c>.</summary>
    public required IReadOnlyList<string> Alerts { get; init; }

    /// <summary>The figures by advertiser and currency, ascending.</summary>
    public required IReadOnlyList<AdvertiserFigures> Advertisers { get; init; }
}

/// <summary>The stream's policy, durations in seconds.</summary>
/// <param name="OutOfOrdernessSeconds">Bound of the out-of-orderness that the watermark waits for.</param>
/// <param name="AllowedLatenessSeconds">How long after the watermark a window still takes events.</param>
/// <param name="DedupHorizonSeconds">How long the stream remembers an id.</param>
/// <param name="FutureToleranceSeconds">How far an event may be ahead of its arrival.</param>
/// <param name="LookBackDays">How many days before the day the recount looks for earlier copies in.</param>
public sealed record ReportPolicy(
    long OutOfOrdernessSeconds, long AllowedLatenessSeconds, long DedupHorizonSeconds, long FutureToleranceSeconds, int LookBackDays);

/// <summary>How far a partition was taken into account.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="Sequence">Its last record that the recount took; -1 for none.</param>
/// <param name="Published">Its last record that the stream had published when its numbers were read; -1 for none.</param>
public sealed record ReportCut(int Partition, long Sequence, long Published);

/// <summary>The figures of a currency.</summary>
/// <param name="Currency">ISO 4217 code, or empty.</param>
/// <param name="Truth">The recount.</param>
/// <param name="Stream">What the stream counted.</param>
/// <param name="Difference">Recount minus stream.</param>
/// <param name="Causes">The part of the difference that each cause accounts for.</param>
/// <param name="Unexplained">What remains.</param>
/// <param name="DriftPpm">Divergence in parts per million of the recount.</param>
public sealed record CurrencyFigures(
    string Currency, Counts Truth, Counts Stream, Counts Difference, IReadOnlyList<CauseFigures> Causes, Counts Unexplained, DriftFigures DriftPpm);

/// <summary>What a cause accounts for: recount minus stream.</summary>
/// <param name="Cause">One of <see cref="Reconciliation.Cause.All"/>.</param>
/// <param name="Rows">Hours and keys it touches.</param>
/// <param name="Counts">Its share of the difference.</param>
public sealed record CauseFigures(string Cause, long Rows, Counts Counts);

/// <summary>Divergence: the sum of all differences without their sign, so that opposite errors don't cancel, in parts per million of the recount.</summary>
/// <param name="Clicks">Of the clicks.</param>
/// <param name="Spend">Of the spend.</param>
public sealed record DriftFigures(long Clicks, long Spend);

/// <summary>Copies of clicks.</summary>
/// <param name="Clicks">Clicks of the day that are copies of a counted one.</param>
/// <param name="AcrossMidnight">Those among them whose counted one belongs to a day before.</param>
public sealed record CopyFigures(long Clicks, long AcrossMidnight);

/// <summary>What no cause accounts for.</summary>
/// <param name="Rows">Hours and keys.</param>
/// <param name="MissingInStream">Those that the stream has no row for.</param>
/// <param name="MissingInTruth">Those that the recount has no row for.</param>
/// <param name="Listed">The first of them, ascending by advertiser, campaign, ad and hour.</param>
public sealed record UnexplainedFigures(long Rows, long MissingInStream, long MissingInTruth, IReadOnlyList<UnexplainedRow> Listed);

/// <summary>An hour and key that the causes don't account for.</summary>
/// <param name="Hour">Start of the hour, ISO 8601.</param>
/// <param name="AdvertiserId">Advertiser.</param>
/// <param name="CampaignId">Campaign.</param>
/// <param name="AdGroupId">Ad group.</param>
/// <param name="AdId">Ad.</param>
/// <param name="CreativeId">Creative.</param>
/// <param name="Currency">Currency.</param>
/// <param name="Device">Device class.</param>
/// <param name="Country">Country.</param>
/// <param name="Truth">The recount.</param>
/// <param name="Stream">What the stream counted.</param>
/// <param name="Explained">What causes account for.</param>
/// <param name="Unexplained">What remains.</param>
public sealed record UnexplainedRow(
    string Hour, string AdvertiserId, string CampaignId, string AdGroupId, string AdId, string CreativeId, string Currency, string Device,
    string Country, Counts Truth, Counts Stream, Counts Explained, Counts Unexplained);

/// <summary>The figures of an advertiser in a currency.</summary>
/// <param name="AdvertiserId">Advertiser.</param>
/// <param name="Currency">Currency.</param>
/// <param name="Truth">The recount.</param>
/// <param name="Stream">What the stream counted.</param>
/// <param name="Unexplained">What no cause accounts for.</param>
public sealed record AdvertiserFigures(string AdvertiserId, string Currency, Counts Truth, Counts Stream, Counts Unexplained);
