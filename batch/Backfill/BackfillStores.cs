using ClickFuncs.Analytics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Backfill;

/// <summary>What a backfill works on.</summary>
/// <param name="Lake">Archive, parts, and where the differences go.</param>
/// <param name="Hub">Whose capture it reads.</param>
/// <param name="Staging">Where its counts go.</param>
/// <param name="Progress">How far log, archive and stream are.</param>
/// <param name="Truth">The stream's counts, to be compared with the recount of closed days; null to compare with what is published only.</param>
public sealed record BackfillStores(ILake Lake, CaptureHub Hub, IAnalyticsStaging Staging, IStreamProgress Progress, IAnalyticsTruth? Truth = null);
