using ClickFuncs.Log;

namespace ClickFuncs.Functions.Counting;

/// <summary>The log as the trigger needs it beside what is delivered: how far a partition reaches, and what a gap lacks.</summary>
public interface IPartitionSource : ILogReader
{
    /// <summary>Asks the log how far the partition reaches, for <see cref="ILogReader.GetRange"/>.</summary>
    Task RefreshAsync(int partition, CancellationToken cancellationToken);

    /// <summary>When the partition's last record came, as of the last <see cref="RefreshAsync"/>; null when none ever did, or the log does not tell.</summary>
    DateTimeOffset? GetLastArrival(int partition) => null;
}
