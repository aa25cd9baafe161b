using ClickFuncs.Privacy;

namespace ClickFuncs.Velocity;

/// <summary>Whom the velocity rules can speak of.</summary>
internal static class VelocitySubject
{
    /// <summary>
    /// Whether an identity is somebody's. An absent one is nobody's, and neither is the machine's own address: behind a proxy that is not trusted all
    /// visitors have it, and of what is tried out on one machine all clicks do.
    /// </summary>
    public static bool IsSomebody(IdentityKind kind, ReadOnlySpan<byte> identity) =>
        !identity.IsEmpty && (kind != IdentityKind.Ip || !(identity.StartsWith("127."u8) || identity.SequenceEqual("::1"u8)));
}
