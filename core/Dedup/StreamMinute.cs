namespace ClickFuncs.Dedup;

/// <summary>
/// Minutes of stream time as 16-bit stamps that wrap after 65,535 minutes (45 days). Zero is no stamp. Ages are right as
/// long as no stamp gets older than that, which the sweep of <see cref="DedupSet"/> sees to.
/// </summary>
internal static class StreamMinute
{
    private const int Cycle = 65_535;

    public static ushort Stamp(long minute) => (ushort)((minute % Cycle) + 1);

    /// <summary>Minutes from <paramref name="stamp"/> to <paramref name="now"/>, both non-zero stamps.</summary>
    public static int Age(ushort stamp, ushort now)
    {
        var age = now - stamp;
        return age < 0 ? age + Cycle : age;
    }
}
