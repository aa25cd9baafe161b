using System.Security.Cryptography;
using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Local.Analytics.Retention;

namespace ClickFuncs.Local.Analytics;

internal sealed partial class DuckDbAnalyticsStore
{
    /// <summary>Takes every step of retention that is due. No total changes; what needs finer rows than are left is refused from then on.</summary>
    /// <param name="allowedLateness">How long after a window its partition may still correct it.</param>
    /// <param name="cancellationToken">Stops between steps; what is done stays done.</param>
    internal async Task RetainAsync(TimeSpan allowedLateness, CancellationToken cancellationToken)
    {
        while (await RetainNextAsync(allowedLateness, cancellationToken))
        {
            // One step after the other.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RetainNextAsync(TimeSpan allowedLateness, CancellationToken cancellationToken)
    {
        var expiry = new Expiry(
            _options.MinuteDays * Granularities.DayMs, _options.HourDays * Granularities.DayMs, (long)allowedLateness.TotalMilliseconds);
        var minutes = await StepAsync("retention", expiry.StepMinutes, cancellationToken);
        var hours = minutes.ToMs > 0 ? default : await StepAsync("retention", expiry.StepHours, cancellationToken);
        if (minutes.ToMs == 0 && hours.ToMs == 0)
            return _lake is not null && await ArchiveNextAsync(_lake, cancellationToken);
        if (minutes.Rows + hours.Rows > 0)
        {
            var kept = await ReadKeptAsync(cancellationToken);
            LogRetained(minutes.Rows, hours.Rows, kept.MinutesMs, kept.HoursMs);
        }

        return true;
    }

    /// <summary>From when on minutes and hours are kept.</summary>
    internal Task<KeptFrom> ReadKeptAsync(CancellationToken cancellationToken) => _connections.ReadAsync(KeptFrom.Read, cancellationToken);

    // Killed at any line: before the last step the rows are still in their tables, and the file, if it is there, is found
    // again under the hash of its content; after it the file stands for them.
    private async Task<bool> ArchiveNextAsync(ILake lake, CancellationToken cancellationToken)
    {
        // A day that is being closed may take its time, and there is always another round.
        if (!await _rewriting.WaitAsync(TimeSpan.Zero, cancellationToken))
            return false;
        var temporary = Path.Combine(_directory, "analytics-month.tmp");
        try
        {
            var due = await _connections.ReadAsync(connection => ArchiveDue.Find(connection, _options.HotDays), cancellationToken);
            if (due is not { } month)
                return false;
            await _connections.ReadAsync(connection => MonthFile.Write(connection, month, temporary), cancellationToken);
            var path = MonthFile.Path(month, await HashAsync(temporary, cancellationToken));
            await lake.CreateAsync(path, (stream, cancelled) => CopyAsync(temporary, stream, cancelled), cancellationToken);
            await using var stored = await lake.FetchAsync(path, cancellationToken);
            await _connections.WriteAsync(
                connection => MonthFile.MoveOut(connection, new ArchivedMonth(month, path), stored.LocalPath), cancellationToken);
            LogArchived(path);
            return true;
        }
        finally
        {
            File.Delete(temporary);
            _rewriting.Release();
        }
    }

    // Takes months back that are about to change.
    private async Task RestoreAsync(TimeRange range, CancellationToken cancellationToken)
    {
        await using var files = new FetchedFiles(_lake);
        var months = (await _connections.ReadAsync(TierState.Read, cancellationToken)).Archived
            .Where(month => !month.Range.Intersect(range).IsEmpty).ToList();
        if (!files.Have([.. months.Select(month => month.Path)]))
            await files.FetchMissingAsync(cancellationToken);
        foreach (var month in months)
        {
            await _connections.WriteAsync(connection => MonthFile.MoveIn(connection, month, files.Find(month.Path)), cancellationToken);
            LogRestored(month.Path);
        }
    }

    private static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken))[..16];
    }

    private static async ValueTask CopyAsync(string file, Stream target, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        await content.CopyToAsync(target, cancellationToken);
    }
}
