using ClickFuncs.Analytics;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;

namespace ClickFuncs.Batch.Close;

/// <summary>What a close works on.</summary>
/// <param name="Lake">Archive, parts, recounts, reports.</param>
/// <param name="Truth">Where the stream's numbers are, and the final ones go.</param>
/// <param name="Ledger">Where charges are posted.</param>
/// <param name="Progress">How far log, archive and stream are.</param>
public sealed record CloseStores(ILake Lake, IAnalyticsTruth Truth, ILedger Ledger, IStreamProgress Progress);
