using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Spool;

namespace ClickFuncs.Simulation.Tests.Spool;

/// <summary>
/// A spool that takes its time, and in trouble refuses, or says so of what it has written; removals too. A mutant acknowledges before it is
/// durable.
/// </summary>
internal sealed class SimulatedSpool(SpoolWorld world, bool isDurable)
{
    private readonly SimulatedProcess _disk = new(world.Scheduler, "spool");
    private readonly List<(long ArrivalMs, byte[] Entry)> _entries = [];
    private int _next;

    public SpoolSize Size => new(_entries.Count - _next, 0, 1);

    /// <summary>The records of everything that went through, in order.</summary>
    public IEnumerable<byte[]> Drained => _entries.Select(entry => SpoolEntry.Read(entry.Entry, out _, out _).ToArray());

    public ISpool For(SimulatedProcess process) => new Port(this, process);

    /// <summary>The process in front of it died.</summary>
    public void Crash()
    {
        if (!isDurable && _entries.Count > _next)
            _entries.RemoveAt(_entries.Count - 1);
    }

    private sealed class Port(SimulatedSpool spool, SimulatedProcess process) : ISpool
    {
        public SpoolSize Size => spool.Size;

        public ValueTask AppendAsync(ReadOnlySpan<byte> entry, CancellationToken cancellationToken)
        {
            var copy = entry.ToArray();
            return Effect(() => spool._entries.Add((spool._disk.Clock.GetUtcNow().ToUnixTimeMilliseconds(), copy)));
        }

        public async ValueTask ReadAsync(int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
        {
            await process.DelayAsync(TimeSpan.FromMilliseconds(spool.World.Scheduler.Random.Next(5)));
            batch.Clear();
            // Small batches: what matters happens between them.
            var limit = Math.Max(1, maxBytes / (SpoolDrain.BatchBytes / 8));
            for (var i = spool._next; i < spool._entries.Count && batch.Count < limit; i++)
                batch.Add(i, spool._entries[i].ArrivalMs, spool._entries[i].Entry);
        }

        public ValueTask RemoveAsync(long sequence, CancellationToken cancellationToken) =>
            Effect(() => spool._next = Math.Max(spool._next, (int)sequence + 1));

        // Whatever becomes of who asked, the disk does it or not.
        private ValueTask Effect(Action effect)
        {
            var (answer, world) = (new TaskCompletionSource(), spool.World);
            spool._disk.Start(async () =>
            {
                await spool._disk.DelayAsync(TimeSpan.FromMilliseconds(world.Scheduler.Random.Next(1, 15)));
                var fails = world.IsTroubled && world.Scheduler.OneIn(25);
                if (fails)
                    world.Note("spool fails");
                var isUntouched = fails && world.Scheduler.OneIn(2);
                if (!isUntouched && !(process.IsDead && world.Scheduler.OneIn(2)))
                    effect();
                if (fails)
                    answer.SetException(new SpoolRefusedException("The spool refuses.") { IsUntouched = isUntouched });
                else
                    answer.SetResult();
            });
            return new ValueTask(answer.Task);
        }
    }

    private SpoolWorld World => world;
}
