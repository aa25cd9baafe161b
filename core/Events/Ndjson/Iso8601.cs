namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// Instants as text, in the profile of RFC 3339: <c>2026-07-01T12:00:00[.123456](Z|+02:00)</c>. Seconds and the offset are
/// required, since a local time is no instant; what is finer than a millisecond is cut off; leap seconds and 24:00 are refused.
/// </summary>
public static class Iso8601
{
    /// <summary>Length of what <see cref="TryFormat"/> writes, in bytes.</summary>
    public const int FormattedLength = 24;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int NoNumber = 100;
    private const int FractionAt = 19;

    /// <summary>Reads an instant of the years 1 to 9999.</summary>
    /// <param name="text">ASCII, nothing around it.</param>
    /// <param name="epochMs">Milliseconds since the Unix epoch; 0 when the answer is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long epochMs)
    {
        epochMs = 0;
        if (text.Length <= FractionAt || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return false;
        int century = TwoDigits(text, 0), yearOfCentury = TwoDigits(text, 2), month = TwoDigits(text, 5), day = TwoDigits(text, 8);
        int hour = TwoDigits(text, 11), minute = TwoDigits(text, 14), second = TwoDigits(text, 17);
        if (century == NoNumber || yearOfCentury == NoNumber || hour > 23 || minute > 59 || second > 59)
            return false;
        var year = (century * 100) + yearOfCentury;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;

        var zoneAt = FractionAt;
        if (!TryReadFraction(text, ref zoneAt, out var millisecond) || !TryReadOffset(text[zoneAt..], out var offsetMinutes))
            return false;
        var minutes = ((DaysSinceEpoch(year, month, day) * 24L) + hour) * 60 + minute - offsetMinutes;
        epochMs = (((minutes * 60) + second) * 1000) + millisecond;
        return true;
    }

    /// <summary>Writes an instant with milliseconds in UTC; false when it lies outside the years 1 to 9999.</summary>
    /// <param name="epochMs">Milliseconds since the Unix epoch.</param>
    /// <param name="target">At least <see cref="FormattedLength"/> bytes.</param>
    public static bool TryFormat(long epochMs, Span<byte> target)
    {
        var ticks = (Int128)epochMs * TimeSpan.TicksPerMillisecond + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            && new DateTime((long)ticks, DateTimeKind.Utc).TryFormat(target, out _, Format, null);
    }

    // Absent, or a point and at least one digit.
    private static bool TryReadFraction(ReadOnlySpan<byte> text, ref int at, out int millisecond)
    {
        millisecond = 0;
        if (text[at] != '.')
            return true;
        var first = ++at;
        for (var weight = 100; at < text.Length && char.IsAsciiDigit((char)text[at]); weight /= 10)
            millisecond += (text[at++] - '0') * weight;
        return at > first;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> zone, out int minutes)
    {
        minutes = 0;
        if (zone.Length == 1)
            return zone[0] == 'Z';
        if (zone.Length != 6 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-'))
            return false;
        int hour = TwoDigits(zone, 1), minute = TwoDigits(zone, 4);
        minutes = ((hour * 60) + minute) * (zone[0] == '-' ? -1 : 1);
        return hour <= 23 && minute <= 59;
    }

    // Days of the proleptic Gregorian calendar, counting years from March so that the leap day comes last.
    private static int DaysSinceEpoch(int year, int month, int day)
    {
        var marchYear = month > 2 ? year : year - 1;
        var dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5 + day - 1;
        return (marchYear * 365) + (marchYear / 4) - (marchYear / 100) + (marchYear / 400) + dayOfYear - 719_468;
    }

    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : NoNumber;
    }
}
