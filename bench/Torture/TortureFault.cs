namespace ClickFuncs.Bench.Torture;

/// <summary>What is done to a running host.</summary>
internal enum TortureFault
{
    /// <summary>SIGSTOP, and after a while SIGCONT.</summary>
    Stop,

    /// <summary>The log's disk has no room.</summary>
    FillLogDisk,

    /// <summary>The disk of everything else has no room.</summary>
    FillDataDisk,

    /// <summary>Writes and syncs of the log hang.</summary>
    FreezeLogDisk,

    /// <summary>Writes and syncs of everything else hang.</summary>
    FreezeDataDisk,

    /// <summary>No file can be made in the log's folder.</summary>
    ReadOnlyLogFolder,
}
