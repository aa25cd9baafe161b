namespace ClickFuncs.Bench.Torture;

/// <summary>How long, how hard, and what is drawn.</summary>
/// <param name="Rounds">Rounds, each with one death of the host.</param>
/// <param name="Seed">Decides faults and moments.</param>
/// <param name="Rate">Clicks per second.</param>
/// <param name="Seconds">Length of a round's load.</param>
/// <param name="SettleEvery">After so many rounds everything is drained and counted, and compared with what was acknowledged.</param>
/// <param name="FreshEvery">After so many rounds a new folder is begun.</param>
internal sealed record TortureOptions(int Rounds, int Seed, int Rate, int Seconds, int SettleEvery, int FreshEvery);
