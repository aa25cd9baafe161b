using ClickFuncs.Batch.Archive;
using ClickFuncs.Lake;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>What the archive holds, read as the compaction reads it; a hole, an overlap or a file that is not whole breaks a promise.</summary>
internal static class ArchivedRecords
{
    public static async Task<List<List<(long ArrivalMs, byte[] Bytes)>>> ReadAsync(Pipeline world, ILake lake)
    {
        var catalog = new CaptureCatalog(lake, world.Archive.ToHub());
        var partitions = new List<List<(long, byte[])>>();
        for (var partition = 0; partition < world.Log.PartitionCount; partition++)
        {
            var records = new List<(long, byte[])>();
            await foreach (var file in catalog.ListAsync(partition, after: null, CancellationToken.None))
                await ReadAsync(world, catalog, file, records);
            partitions.Add(records);
        }

        return partitions;
    }

    private static async Task ReadAsync(Pipeline world, CaptureCatalog catalog, CaptureFile file, List<(long, byte[])> into)
    {
        try
        {
            await using var reader = await catalog.OpenAsync(file, CancellationToken.None);
            world.Require(reader.FirstSequence == into.Count, $"{file.Path} begins with record {reader.FirstSequence}, not {into.Count}");
            while (await reader.ReadBlockAsync(CancellationToken.None))
            {
                while (reader.TryRead(out var record))
                {
                    world.Require(record.SequenceNumber == into.Count, $"{file.Path} holds record {record.SequenceNumber} where {into.Count} is due");
                    into.Add((record.EnqueuedTimeMs, record.Body.ToArray()));
                }
            }
        }
        catch (ArchiveCorruptException failure)
        {
            world.Require(false, failure.Message);
        }
    }
}
