using System.Text;
using ClickFuncs.State;
using static ClickFuncs.Testing.State.StateSamples;

namespace ClickFuncs.Testing.State;

public abstract partial class PartitionStateStoreContract
{
    private enum OwnerStep
    {
        Acquire,
        Recover,
        Commit,
        CommitAgain,
        MarkPublished,
        Snapshot,
    }

    private static readonly OwnerStep[] Steps = Enum.GetValues<OwnerStep>();

    /// <summary>
    /// Two owners, each in its own order, in all 924 interleavings, a partition each. Plain rule: a call succeeds if and
    /// only if its owner was the last to acquire. Deltas name their owner, and a snapshot is the deltas it covers, so that
    /// snapshot and deltas together spell the history.
    /// </summary>
    [Fact]
    public async Task TwoOwners_InEveryInterleaving_OnlyTheNewestWrites()
    {
        var interleavings = Interleave(Steps.Length, Steps.Length).ToList();
        Assert.Equal(924, interleavings.Count);
        for (var partition = 0; partition < interleavings.Count; partition++)
            await PlayAsync(partition, interleavings[partition]);
        Assert.Equal(924, (await Store.ListHeadsAsync(Never)).Count);
    }

    private async Task PlayAsync(int partition, string order)
    {
        var owners = new Dictionary<char, Owner> { ['A'] = new('A'), ['B'] = new('B') };
        var newest = ' ';
        var history = new StringBuilder();
        foreach (var name in order)
        {
            var owner = owners[name];
            var step = Steps[owner.Done++];
            if (step == OwnerStep.Acquire)
            {
                owner.Lease = await Store.AcquireAsync(partition, name.ToString(), Never);
                newest = name;
            }
            else if (name != newest)
            {
                await Assert.ThrowsAsync<StaleOwnerException>(() => RunAsync(owner, step, history));
            }
            else
            {
                await RunAsync(owner, step, history);
            }
        }

        var lease = await Store.AcquireAsync(partition, "C", Never);
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal(history.ToString(), recovery.Snapshot.Text() + string.Concat(recovery.Deltas.Select(delta => delta.Delta.Text())));
        Assert.Equal((history.Length / 2) - 1, recovery.Head.Position);
        var covered = Enumerable.Range((int)recovery.Head.SnapshotPosition + 1, recovery.Deltas.Count).Select(n => (long)n);
        Assert.Equal(covered, recovery.Deltas.Select(delta => delta.LastSequence));
    }

    // Whoever knows that it is refused still tries with the best arguments it could have.
    private async Task RunAsync(Owner owner, OwnerStep step, StringBuilder history)
    {
        var next = history.Length / 2;
        switch (step)
        {
            case OwnerStep.Recover:
                await Store.RecoverAsync(owner.Lease, Never);
                break;
            case OwnerStep.Commit or OwnerStep.CommitAgain:
                var delta = $"{owner.Name}{(step == OwnerStep.Commit ? 1 : 2)}";
                await Store.CommitAsync(owner.Lease, Commit(next, next, delta), Never);
                history.Append(delta);
                break;
            case OwnerStep.MarkPublished:
                await Store.MarkPublishedAsync(owner.Lease, next - 1, Never);
                break;
            case OwnerStep.Snapshot:
                await Store.SaveSnapshotAsync(owner.Lease, next - 1, Bytes(history.ToString()), Never);
                break;
        }
    }

    private static IEnumerable<string> Interleave(int a, int b) =>
        a == 0 || b == 0
            ? [new string('A', a) + new string('B', b)]
            : Interleave(a - 1, b).Select(rest => "A" + rest).Concat(Interleave(a, b - 1).Select(rest => "B" + rest));

    private sealed class Owner(char name)
    {
        public char Name => name;

        public int Done { get; set; }

        public PartitionLease Lease { get; set; }
    }
}
