using System.Runtime.InteropServices;
using ClickFuncs.Privacy;

namespace ClickFuncs.Velocity;

/// <summary>One accepted click, as the second stage hears of it: a pseudonym and a time. 16 bytes, which are also its stored form.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ClickSignal
{
    private readonly ulong _stamp;

    /// <summary>A signal.</summary>
    /// <param name="identity">Pseudonym of (address, ad) or (user, ad).</param>
    /// <param name="kind">Which of the two.</param>
    /// <param name="timeMs">Event time, milliseconds since the Unix epoch.</param>
    public ClickSignal(ulong identity, IdentityKind kind, long timeMs) => (Identity, _stamp) = (identity, ((ulong)timeMs << 1) | (uint)kind);

    /// <summary>Pseudonym of (address, ad) or (user, ad).</summary>
    public ulong Identity { get; }

    /// <summary>Which of the two.</summary>
    public IdentityKind Kind => (IdentityKind)(_stamp & 1);

    /// <summary>Event time, milliseconds since the Unix epoch.</summary>
    public long TimeMs => (long)(_stamp >> 1);
}
