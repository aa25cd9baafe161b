using ClickFuncs.Processing;
using ClickFuncs.Simulation.Tests.World;
using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The outbox is emptied before the rows are out: published is noted first, and what a crash leaves in between is never seen.</summary>
internal sealed class PublishedBeforeItIs : Mutation
{
    public override IRowPublisher OnPublisher(IRowPublisher publisher) => new Hasty(publisher);

    private sealed class Hasty(IRowPublisher publisher) : IRowPublisher
    {
        public Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
        {
            // A copy, since the caller will use its rows again.
            var copy = new WindowRowSet { Partition = rows.Partition, Version = rows.Version, WatermarkMs = rows.WatermarkMs };
            foreach (var row in rows.Rows)
                copy.Add(row.WindowStartMs, rows.GetKey(row), row.Metrics);
            copy.ClosedThroughMs = rows.ClosedThroughMs;
            copy.Spend.AddRange(rows.Spend);
            copy.Signals.AddRange(rows.Signals.Select(message => message with { Signals = message.Signals.ToArray() }));
            _ = publisher.PublishAsync(copy, cancellationToken);
            return Task.CompletedTask;
        }
    }
}
