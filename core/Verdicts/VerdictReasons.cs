using System.Diagnostics.CodeAnalysis;

namespace ClickFuncs.Verdicts;

/// <summary>
/// Why an event is suspect or invalid: a set. The bits are on the wire and are never reused; the first seven fit one byte
/// there. Bits that this version does not know come from a later one and are kept.
/// </summary>
[Flags]
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "The bits are a 64-bit field on the wire.")]
public enum VerdictReasons : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The user agent is on the list of known bots.</summary>
    KnownBot = 1 << 0,

    /// <summary>The user agent calls itself a crawler, but is on no list.</summary>
    SelfDeclaredCrawler = 1 << 1,

    /// <summary>The address belongs to a data centre.</summary>
    DataCenter = 1 << 2,

    /// <summary>The request came without a user agent.</summary>
    MissingUserAgent = 1 << 3,

    /// <summary>The user agent is one that no browser sends.</summary>
    AbsurdUserAgent = 1 << 4,

    /// <summary>The address clicked the ad faster than the velocity rule allows.</summary>
    VelocityIp = 1 << 5,

    /// <summary>The user clicked the ad faster than the velocity rule allows.</summary>
    VelocityUser = 1 << 6,
}
