using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Analytics;

internal sealed partial class DuckDbAnalyticsStore
{
    [LoggerMessage(4101, LogLevel.Debug, "Compacted {Rows} published rows in {Steps} steps, {Milliseconds:F0} ms.")]
    private partial void LogCompacted(long rows, int steps, double milliseconds);

    [LoggerMessage(4102, LogLevel.Debug, "Rolled up to {ThroughMs} in {Steps} steps, {Milliseconds:F0} ms.")]
    private partial void LogRolledUp(long throughMs, int steps, double milliseconds);

    [LoggerMessage(4103, LogLevel.Information, "The analytics store in {Directory} was brought from format {Old} to {New}.")]
    private partial void LogUpgraded(string directory, int old, int @new);

    [LoggerMessage(4104, LogLevel.Information, "The day {Day} is final in revision {Revision}, {Rows} rows by the hour.")]
    private partial void LogFinal(string day, int revision, long rows);

    [LoggerMessage(4105, LogLevel.Information, "Staging area {Area} took the place of what was published from {FromMs} to {ToMs}.")]
    private partial void LogApplied(string area, long fromMs, long toMs);

    [LoggerMessage(4106, LogLevel.Information, "Retention deleted {Minutes} minute rows and {Hours} hour rows; minutes are kept from {MinutesFromMs}, hours from {HoursFromMs}.")]
    private partial void LogRetained(long minutes, long hours, long minutesFromMs, long hoursFromMs);

    [LoggerMessage(4107, LogLevel.Information, "The daily counts of a month moved to the lake: {Path}.")]
    private partial void LogArchived(string path);

    [LoggerMessage(4108, LogLevel.Information, "The daily counts of a month came back from the lake, to be changed: {Path}.")]
    private partial void LogRestored(string path);

    [LoggerMessage(4109, LogLevel.Warning, "{Rows} published rows belong to minutes that retention has deleted, and were not taken; the nightly recount counts their events.")]
    private partial void LogExpired(long rows);
}
