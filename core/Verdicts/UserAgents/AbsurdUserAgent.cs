namespace ClickFuncs.Verdicts.UserAgents;

/// <summary>Recognises what no browser sends as its user agent. Pure; allocates nothing.</summary>
internal static class AbsurdUserAgent
{
    // The shortest that a device was ever seen to send, such as "Dalvik/2.1.0", is a little longer.
    private const int MinBytes = 10;

    // Views within apps add lists of what they can do, and stay below half of this.
    private const int MaxBytes = 1024;

    /// <summary>Whether it is absurd: too short, overlong, without a letter, or with control characters.</summary>
    /// <param name="userAgent">Not empty; a missing one is another rule's.</param>
    public static bool IsAbsurd(ReadOnlySpan<byte> userAgent) =>
        userAgent.Length is < MinBytes or > MaxBytes || HasControl(userAgent) || !HasLetter(userAgent);

    private static bool HasControl(ReadOnlySpan<byte> text) => text.ContainsAnyInRange((byte)0, (byte)0x1f) || text.Contains((byte)0x7f);

    private static bool HasLetter(ReadOnlySpan<byte> text) =>
        text.ContainsAnyInRange((byte)'a', (byte)'z') || text.ContainsAnyInRange((byte)'A', (byte)'Z');
}
