using ClickFuncs.Local.Storage;
using ClickFuncs.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Log;

/// <summary>Opens the log of a folder, creating it if the folder has none.</summary>
internal static partial class LogOpener
{
    /// <summary>Opens for writing and reading, after cutting off an interrupted write if there is one.</summary>
    /// <param name="options">Folder and limits.</param>
    /// <param name="time">Clock for arrival times.</param>
    /// <param name="logger">Where repairs and failures are told.</param>
    /// <param name="disk">Where segments are written; null: files.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are wrong.</exception>
    /// <exception cref="InvalidOperationException">The log has another number of partitions.</exception>
    /// <exception cref="LogUnavailableException">Another process has it open.</exception>
    /// <exception cref="LogCorruptException">Something acknowledged is damaged; nothing was changed.</exception>
    public static SegmentLog Open(SegmentLogOptions options, TimeProvider time, ILogger? logger = null, ILogDisk? disk = null)
    {
        options.Validate();
        disk ??= new FileDisk();
        logger ??= NullLogger.Instance;
        CreateDurably(options.Directory);
        var directoryLock = DirectoryLock.Take(options.Directory);
        try
        {
            DeleteUnfinished(options.Directory);
            var stored = StoredLog.Load(options.Directory) ?? Create(options, disk);
            ThrowIfOtherPartitions(stored, options);
            Settle(stored, logger);
            return new SegmentLog(options, stored, directoryLock, disk, time, logger);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading what is durable now, beside a process that may be writing. Changes nothing; sees no later appends.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no log.</exception>
    /// <exception cref="LogCorruptException">Something acknowledged is damaged.</exception>
    public static ILogReader OpenReadOnly(string directory)
    {
        var stored = StoredLog.Load(directory) ?? throw new DirectoryNotFoundException($"There is no log in {directory}.");
        return new SegmentReader(new SegmentCatalog(stored.Segments), new DurablePositions(stored.NextSequences));
    }

    /// <summary>Number of partitions of the log in a folder; null when there is none yet.</summary>
    public static int? FindPartitionCount(string directory) =>
        Directory.Exists(directory) && StoredLog.SegmentPaths(directory) is [.., var newest] ? SegmentHeader.Load(newest).PartitionCount : null;

    /// <summary>Makes sure that what counts from now on is on the disk: a process that died in the middle leaves a block that was
    /// written but not synced, or a segment whose name was not.</summary>
    private static void Settle(StoredLog stored, ILogger logger)
    {
        var active = stored.Segments[^1].Path;
        if (stored.Torn is { } torn)
        {
            TornTailRepair.Apply(torn);
            TornTailCut(logger, torn.ToString(), torn.EvidenceName);
        }

        using var file = File.OpenHandle(active, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
        DirectorySync.Flush(Path.GetDirectoryName(active)!);
    }

    private static StoredLog Create(SegmentLogOptions options, ILogDisk disk)
    {
        var salt = (uint)Random.Shared.NextInt64(1L << 32);
        var header = new SegmentHeader(salt, 0, SegmentHeader.NoPrevious, 0, 0, new long[options.PartitionCount]);
        disk.Create(Path.Combine(options.Directory, Segment.NameOf(0)), header.ToBytes());
        return StoredLog.Load(options.Directory)!;
    }

    private static void ThrowIfOtherPartitions(StoredLog stored, SegmentLogOptions options)
    {
        if (stored.NextSequences.Length != options.PartitionCount)
            throw new InvalidOperationException($"The log in {options.Directory} has {stored.NextSequences.Length} partitions, "
                + $"{options.PartitionCount} were asked for. The number is fixed when a log is created.");
    }

    private static void DeleteUnfinished(string directory)
    {
        foreach (var path in Directory.GetFiles(directory, "*" + FileDisk.UnfinishedEnding))
            File.Delete(path);
    }

    private static void CreateDurably(string directory)
    {
        if (Directory.Exists(directory))
            return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(directory));
        if (parent is not null)
            CreateDurably(parent);
        Directory.CreateDirectory(directory);
        if (parent is not null)
            DirectorySync.Flush(parent);
    }

    [LoggerMessage(EventId = 3110, Level = LogLevel.Warning, Message = "{Tail} It was set aside as {Evidence} and cut off")]
    private static partial void TornTailCut(ILogger logger, string tail, string evidence);
}
