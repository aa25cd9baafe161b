using ClickFuncs.Privacy;

namespace ClickFuncs.Velocity;

/// <summary>An identity that clicked too fast: its clicks are marked from the breach until it has cooled off.</summary>
/// <param name="Identity">Pseudonym of (address, ad) or (user, ad).</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="FromMs">The moment of the breach, milliseconds since the Unix epoch.</param>
/// <param name="UntilMs">When it ends, exclusive: the last breach and the cooling.</param>
/// <param name="Peak">Most clicks within one window: the evidence.</param>
public readonly record struct VelocityFlag(ulong Identity, IdentityKind Kind, long FromMs, long UntilMs, int Peak)
{
    /// <summary>The flag after another breach. Which of two comes first makes no difference.</summary>
    public VelocityFlag With(in VelocityFlag other) =>
        this with { FromMs = Math.Min(FromMs, other.FromMs), UntilMs = Math.Max(UntilMs, other.UntilMs), Peak = Math.Max(Peak, other.Peak) };
}
