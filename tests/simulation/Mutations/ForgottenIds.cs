using System.Buffers;
using ClickFuncs.Dedup;
using ClickFuncs.Processing;
using ClickFuncs.Simulation.Tests.World;
using ClickFuncs.State;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>A new owner starts without the ids of the newest commit.</summary>
internal sealed class ForgottenIds : Mutation
{
    public override IPartitionStateStore OnState(IPartitionStateStore state)
    {
        ((InMemoryPartitionStateStore)state).OnRecovery = Forget;
        return state;
    }

    private static PartitionRecovery Forget(PartitionRecovery recovery) => recovery.Deltas.Count == 0
        ? recovery
        : recovery with { Deltas = [.. recovery.Deltas.SkipLast(1), recovery.Deltas[^1] with { Delta = WithoutIds(recovery.Deltas[^1].Delta.Span) }] };

    private static byte[] WithoutIds(ReadOnlySpan<byte> delta)
    {
        var reader = new StateReader(delta);
        reader.ReadHeader(out var newest, out var closed, out var counters);
        var kept = new ArrayBufferWriter<byte>();
        StateCodec.WriteHeader(kept, newest, closed, counters);
        var skipped = kept.WrittenCount;
        var all = new ArrayBufferWriter<byte>();
        while (reader.ReadIds() is { Length: > 0 } ids)
            StateCodec.WriteIds(all, ids);
        skipped += all.WrittenCount;
        kept.Write(delta[skipped..]);
        return kept.WrittenSpan.ToArray();
    }
}
