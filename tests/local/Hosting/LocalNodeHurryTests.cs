using ClickFuncs.Events;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.Testing.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Hosting;

/// <summary>Who waits for the counts does not wait for commits to become larger.</summary>
public sealed class LocalNodeHurryTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task WaitUntilCounted_WhileALargerCommitIsWaitedFor_IsDoneAtOnce()
    {
        var options = new LocalOptions();
        options = options with { Stream = options.Stream with { CommitInterval = TimeSpan.FromHours(1) } };
        await using var node = await LocalNode.OpenAsync(
            new DataDirectory(_folder.Path), options, partitions: 1, TimeProvider.System, NullLoggerFactory.Instance, None);
        node.Start();

        // After the first the partition rests for an hour; what comes then has to wait, unless somebody waits for it.
        for (var i = 1; i <= 3; i++)
        {
            await AppendAsync(node, i);
            await node.WaitUntilCountedAsync(None);
            Assert.Equal(i, node.SumCounters().Accepted);
        }
    }

    private static async Task AppendAsync(LocalNode node, int number)
    {
        var click = new TestEvent { ClickId = $"clk_{number}" };
        await node.Log.AppendAsync(Fingerprint.Of(EventType.Click, System.Text.Encoding.ASCII.GetBytes(click.ClickId)), click.Encode(), None);
    }
}
