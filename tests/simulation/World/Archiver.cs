using ClickFuncs.Batch.Archive;
using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>The real capture in a process, with the network between it, the log and the lake. There is one at a time: the log's lock sees to it.</summary>
internal static class Archiver
{
    public static void Start(Pipeline world, SimulatedProcess process)
    {
        var capture = new ArchiveCapture(
            RemotePort.For<ILogReader>(world.Log, world.Network, process),
            RemotePort.For(world.Mutation.OnLake(world.Lake, world.Scheduler), world.Network, process),
            world.Archive, process.Clock, NullLogger<ArchiveCapture>.Instance);
        process.Start(() => capture.RunAsync(CancellationToken.None));
    }

    /// <summary>Whether everything on the log is in the archive.</summary>
    public static async Task<bool> IsDoneAsync(Pipeline world)
    {
        var next = await ArchivePosition.FindAllNextAsync(new CaptureCatalog(world.Lake, world.Archive.ToHub()), CancellationToken.None);
        for (var partition = 0; partition < world.Log.PartitionCount; partition++)
        {
            if (next.GetValueOrDefault(partition) < world.Log.GetRange(partition).Next)
                return false;
        }

        return true;
    }
}
