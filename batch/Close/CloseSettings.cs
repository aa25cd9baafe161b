using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Recount;

namespace ClickFuncs.Batch.Close;

/// <summary>How a host closes days.</summary>
/// <param name="Close">When, and how long it waits.</param>
/// <param name="Recount">What counting may take.</param>
/// <param name="Reconciliation">What is an alert.</param>
/// <param name="Policy">The policy the stream runs with.</param>
/// <param name="Partitions">Partitions of the log.</param>
/// <param name="Rules">What clicks are judged by again; null leaves them the verdict they came with.</param>
public sealed record CloseSettings(
    CloseOptions Close, RecountOptions Recount, ReconciliationOptions Reconciliation, CountingPolicy Policy, int Partitions,
    JudgementRules? Rules = null);
