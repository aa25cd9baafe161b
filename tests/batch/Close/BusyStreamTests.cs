using System.Runtime.CompilerServices;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Testing.Events;

namespace ClickFuncs.Batch.Tests.Close;

/// <summary>The stream publishes events of the day while the day is closed; no moment is so unlucky that one stays unexplained.</summary>
public sealed class BusyStreamTests
{
    private static readonly TestEvent Early = new() { ClickId = "clk_early", TimeMs = CloseRig.Midnight + 60_000 };
    private static readonly TestEvent Late = new() { ClickId = "clk_late", TimeMs = CloseRig.Midnight + 120_000 };

    [Theory]
    [InlineData(Moment.BeforeTheRowsAreRead)]
    [InlineData(Moment.AfterTheRowsAreRead)]
    public async Task Close_EventPublishedWhileTheNumbersAreKept_IsExplained(Moment moment)
    {
        var rig = new CloseRig();
        rig.Stream.Append(Early);
        await rig.Stream.PublishAsync();
        var busy = new BusyStore(rig, moment);
        rig.Truth = busy;

        var outcome = (await rig.CloseAsync()).ReadOutput<CloseOutcome>();

        Assert.True(busy.HasPublished);
        Assert.Equal(2, await rig.FinalClicksAsync());
        Assert.Equal(0, rig.Report(outcome.Revision).GetProperty("unexplained").GetProperty("rows").GetInt32());
        Assert.DoesNotContain("unexplained", outcome.Alerts);
        var isSeen = moment == Moment.BeforeTheRowsAreRead;
        Assert.Equal(isSeen ? 0 : 1, NotProcessed(rig, outcome.Revision));
    }

    [Fact]
    public async Task WriteAsync_DoneAgainAfterMoreWasPublished_NamesTheRecordsOfTheFile()
    {
        var rig = new CloseRig();
        rig.Stream.Append(Early);
        await rig.Stream.PublishAsync();
        var (files, snapshot) = (new CloseFiles(CloseRig.Date, 1), new StreamSnapshot(rig.Archive.Lake, rig.Analytics, new ScratchOptions()));
        var first = await snapshot.WriteAsync(files, new Dictionary<int, long> { [0] = -1, [1] = 7 }, CancellationToken.None);
        rig.Stream.Append(Late);
        await rig.Stream.PublishAsync();

        var again = await snapshot.WriteAsync(files, new Dictionary<int, long> { [0] = 1, [1] = 9 }, CancellationToken.None);

        Assert.Equal(new Dictionary<int, long> { [0] = 0, [1] = 7 }, first);
        Assert.Equal(first, again);
    }

    private static int NotProcessed(CloseRig rig, int revision) => rig.Report(revision).GetProperty("currencies").EnumerateArray()
        .SelectMany(currency => currency.GetProperty("causes").EnumerateArray())
        .Where(cause => cause.GetProperty("cause").GetString() == "not_processed")
        .Sum(cause => cause.GetProperty("counts").GetProperty("clicks").GetInt32());

    public enum Moment
    {
        BeforeTheRowsAreRead,
        AfterTheRowsAreRead,
    }

    /// <summary>The store, in which something is published at a chosen moment of being read, once.</summary>
    private sealed class BusyStore(CloseRig rig, Moment moment) : IAnalyticsTruth
    {
        public bool HasPublished { get; private set; }

        public async IAsyncEnumerable<StreamHoursBatch> ReadStreamHoursAsync(
            long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (moment == Moment.BeforeTheRowsAreRead)
                await PublishAsync();
            await foreach (var batch in rig.Analytics.ReadStreamHoursAsync(fromMs, toMs, cancellationToken))
                yield return batch;
            if (moment == Moment.AfterTheRowsAreRead)
                await PublishAsync();
        }

        public ValueTask PublishFinalAsync(
            long dayStartMs, int revision, IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> rows, CancellationToken cancellationToken) =>
            rig.Analytics.PublishFinalAsync(dayStartMs, revision, rows, cancellationToken);

        public ValueTask<IReadOnlyList<FinalDay>> ListFinalDaysAsync(CancellationToken cancellationToken) => rig.Analytics.ListFinalDaysAsync(cancellationToken);

        private async Task PublishAsync()
        {
            if (HasPublished)
                return;
            rig.Stream.Append(Late);
            await rig.Stream.PublishAsync();
            HasPublished = true;
        }
    }
}
