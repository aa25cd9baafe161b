using System.Globalization;
using System.Runtime.CompilerServices;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Log;

namespace ClickFuncs.Batch.Backfill;

/// <summary>Reads a partition's records back from its capture files, in the batches that the stream's logic takes.</summary>
/// <param name="catalog">The capture files.</param>
/// <param name="partition">The partition.</param>
/// <param name="first">First record.</param>
/// <param name="last">Last record; they must be there up to it.</param>
internal sealed class CapturedRecords(CaptureCatalog catalog, int partition, long first, long last)
{
    /// <summary>Each batch is one write to the staging area: so many that writing costs little, so few that they take little memory.</summary>
    private const int BatchRecords = 64 * 1024;
    private const int BatchBytes = 16 << 20;

    private readonly RecordBatch _batch = new();
    private long _due = first;

    /// <summary>All batches; each is valid until the next.</summary>
    /// <exception cref="NonRetryableException">Records are missing.</exception>
    /// <exception cref="ArchiveCorruptException">A file can't be read.</exception>
    internal async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_due > last)
            yield break;
        await foreach (var file in catalog.ListFromAsync(partition, _due, cancellationToken))
        {
            await using var reader = await catalog.OpenAsync(file, cancellationToken);
            var walk = new CaptureWalk(reader);
            while (_due <= last && await reader.ReadBlockAsync(cancellationToken))
            {
                while (Fill(walk))
                {
                    yield return _batch;
                    _batch.Clear();
                }
            }

            if (_due > last)
                break;
        }

        if (_due <= last)
            throw Missing(last);
        if (_batch.Count > 0)
            yield return _batch;
    }

    // Adds records of the block to the batch; true when the batch is full.
    private bool Fill(CaptureWalk walk)
    {
        while (_due <= last && walk.TryRead(out var record))
        {
            if (record.SequenceNumber > _due)
                throw Missing(record.SequenceNumber - 1);

            // Capturing at least once may have it twice.
            if (record.SequenceNumber < _due)
                continue;
            _batch.Add(_due++, record.EnqueuedTimeMs, record.Body);
            if (_batch.Count >= BatchRecords || _batch.ByteCount >= BatchBytes)
                return true;
        }

        return false;
    }

    private NonRetryableException Missing(long through) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Partition {partition}: the archive lacks the records {_due} to {through}, which the backfill needs to know what is a repeat. Restore the capture files that hold them, or begin the range later; what retention has given up of the archive (Archive:RetainFor) can't be counted again by a backfill."));
}
