namespace ClickFuncs.Analytics.Zones;

/// <summary>
/// Days as a place counts them: from one local midnight to the next, 23 to 25 hours where clocks change. Where a day has no midnight, because
/// clocks skip it, it begins with its first instant; where midnight comes twice, with the first. Pure.
/// </summary>
public static class LocalDays
{
    // No zone changes its clock by more than this at once, but for the date line, where a day is skipped whole.
    private const int SearchHours = 26;

    /// <summary>The zone of an IANA name, such as <c>Europe/Oslo</c>; false for anything else.</summary>
    public static bool TryFind(string name, out TimeZoneInfo zone)
    {
        // Only names of the IANA list: not a path, not a name of one operating system.
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && found.HasIanaId && name.Length <= 64)
        {
            zone = found;
            return true;
        }

        zone = TimeZoneInfo.Utc;
        return false;
    }

    /// <summary>The first instant of the local day that holds an instant, both in milliseconds since the Unix epoch.</summary>
    public static long StartOfDay(long timeMs, TimeZoneInfo zone) => FirstInstantOf(DateOf(timeMs, zone), zone);

    /// <summary>The first instant of the local day after the one that holds an instant.</summary>
    public static long StartOfNextDay(long timeMs, TimeZoneInfo zone)
    {
        var date = DateOf(timeMs, zone);
        // A day that a zone skipped begins when the next does.
        for (var next = date.AddDays(1); ; next = next.AddDays(1))
        {
            var start = FirstInstantOf(next, zone);
            if (start > timeMs)
                return start;
        }
    }

    /// <summary>The instant that a local clock shows as this; the first of two, and the end of the gap when it shows it never.</summary>
    public static long ToInstant(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
            return EndOfGap(wall, zone);
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
    }

    /// <summary>Whether the offsets of a zone in a range are whole hours, so that its days are made of whole hours of UTC.</summary>
    public static bool HasWholeHours(TimeZoneInfo zone, long fromMs, long toMs)
    {
        ArgumentNullException.ThrowIfNull(zone);
        for (var at = fromMs; at < toMs; at += Granularities.DayMs)
        {
            if (!IsWhole(at))
                return false;
        }

        return IsWhole(toMs);

        bool IsWhole(long timeMs) => zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(timeMs)).Ticks % TimeSpan.TicksPerHour == 0;
    }

    private static DateTime DateOf(long timeMs, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(timeMs), zone).Date;

    private static long FirstInstantOf(DateTime date, TimeZoneInfo zone) => ToInstant(date, zone);

    // The clock jumps from before the wall time to after it: the jump is where the offset changes.
    private static long EndOfGap(DateTime wall, TimeZoneInfo zone)
    {
        var middle = new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Utc));
        long before = middle.AddHours(-SearchHours).ToUnixTimeMilliseconds(), after = middle.AddHours(SearchHours).ToUnixTimeMilliseconds();
        while (after - before > 1)
        {
            var at = before + ((after - before) / 2);
            if (TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DateTime < wall)
                before = at;
            else
                after = at;
        }

        return after;
    }
}
