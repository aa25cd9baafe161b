namespace ClickFuncs.Batch.Close;

/// <summary>Port: how far the log, its archive and the stream are. A close asks it what there is to count and whether both counts have it.</summary>
public interface IStreamProgress
{
    /// <summary>Where each partition stands now, ascending by partition.</summary>
    ValueTask<IReadOnlyList<PartitionProgress>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Recorded events that wait in a spool, because the log could not take them: neither count has them yet.</summary>
    ValueTask<long> CountSpooledAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0L);

    /// <summary>Asks the archive to write what it holds back now; it need not wait for it.</summary>
    ValueTask FlushArchiveAsync(CancellationToken cancellationToken);
}

/// <summary>Where a partition stands; sequence numbers, -1 for none.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="Last">Last record on the log.</param>
/// <param name="Archived">Last record in the archive.</param>
/// <param name="Published">Last record whose counts queries show.</param>
/// <param name="WatermarkMs">The partition's watermark, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before its first event.</param>
public sealed record PartitionProgress(int Partition, long Last, long Archived, long Published, long WatermarkMs);
