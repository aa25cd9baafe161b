using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Api.Finance;

/// <summary>What the finance endpoints need to know of the host.</summary>
/// <param name="Close">How days are closed.</param>
/// <param name="Policy">The policy that the stream runs with.</param>
/// <param name="Scratch">What reading evidence may take.</param>
public sealed record FinanceSettings(CloseOptions Close, CountingPolicy Policy, ScratchOptions Scratch);
