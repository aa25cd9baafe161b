using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Events;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>
/// R25, R26: whatever lies on the log, the recount gives the plain truth, and truth without the explained differences is to the micro what
/// the stream showed. Seeds are consecutive; a failure names its seed. More of them: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class RecountProperties
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 4;

    [Fact]
    public async Task Run_AnyLog_GivesTheTruthAndExplainsTheStream()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var policy = RandomPolicy(random);
            var log = RandomLog.Make(random, 1500);
            var rig = RandomRig(random, policy);
            await ArchiveAsync(rig, log, random);
            var day = RandomLog.Day + random.Next(-2, 3);

            var cut = ArchiveRig.CutOf(log, policy);
            var rows = await rig.ReadAsync(await rig.CountAsync(day, cut));
            RecountSums.AssertEqual(PlainTruth.Count(log, day, cut), RecountSums.Truth(rows), $"seed {seed}, truth");
            RecountSums.AssertEqual(PlainTruth.CountStream(log, day, cut), RecountSums.Stream(rows), $"seed {seed}, naive stream");
            RecountSums.AssertEqual(RealStream.Count(log, day, policy), RecountSums.Stream(rows), $"seed {seed}, stream");
        }
    }

    [Fact]
    public async Task Run_AnyCutAndQuarantine_ExplainsTheStreamAtTheCut()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var policy = RandomPolicy(random);
            var log = RandomLog.Make(random, 800);
            var rig = RandomRig(random, policy);
            await ArchiveAsync(rig, log, random);
            var day = RandomLog.Day + random.Next(-2, 3);

            var cut = RandomCut(random, log, policy);
            var rows = await rig.ReadAsync(await rig.CountAsync(day, cut));
            RecountSums.AssertEqual(PlainTruth.Count(log, day, cut), RecountSums.Truth(rows), $"seed {seed}, truth");
            RecountSums.AssertEqual(PlainTruth.CountStream(log, day, cut), RecountSums.Stream(rows), $"seed {seed}, naive stream");
        }
    }

    [Fact]
    public async Task Run_OtherPartsBucketsAndShares_GivesTheSameRows()
    {
        for (var seed = 0; seed < (Seeds + 3) / 4; seed++)
        {
            var random = new Random(seed);
            var policy = RandomPolicy(random);
            var log = RandomLog.Make(random, 800);
            var cut = ArchiveRig.CutOf(log, policy);
            var expected = new ArchiveRig { Compaction = new CompactionOptions { Buckets = 1, FutureTolerance = policy.FutureTolerance } };
            await expected.CaptureAllAsync(log);
            await expected.CompactAsync(log.PartitionCount);
            var rows = Sorted(await expected.ReadAsync(await expected.CountAsync(RandomLog.Day, cut)));

            var rig = RandomRig(random, policy);
            await ArchiveAsync(rig, log, random);
            Assert.Equal(rows, Sorted(await rig.ReadAsync(await rig.CountAsync(RandomLog.Day, cut))));
        }
    }

    /// <summary>Buckets split what they do not share, so rows of several buckets are added up first.</summary>
    private static List<string> Sorted(List<RecountRow> rows) =>
    [
        .. from cause in Enum.GetValues<RecountCause>()
           from sum in RecountSums.Of(rows, other => other == cause ? 1 : 0)
           where sum.Value != default
           select $"{cause} {sum.Key} {sum.Value}" into text
           orderby text
           select text,
    ];

    internal static CountingPolicy RandomPolicy(Random random) => new()
    {
        OutOfOrderness = TimeSpan.FromMilliseconds(random.Next(3) * 15_000),
        AllowedLateness = TimeSpan.FromMinutes(random.Next(4) switch { 0 => 0, 1 => 240, _ => 15 }),
        DedupHorizon = TimeSpan.FromSeconds(random.Next(4) switch { 0 => 60, 1 => 1_830, _ => 86_400 }),
        LookBackDays = random.Next(4) switch { 0 => 0, 1 => 1, _ => 7 },
    };

    private static ArchiveRig RandomRig(Random random, CountingPolicy policy) => new()
    {
        Compaction = new CompactionOptions
        {
            Buckets = 1 << random.Next(3),
            MaxRecordsPerPart = 1 + random.Next(1500),
            MaxDaysPerPart = 1 + random.Next(4),
            FutureTolerance = policy.FutureTolerance,
            Scratch = new ScratchOptions { Threads = 1 + random.Next(2) },
        },
        Recount = new RecountOptions { MaxRowsPerUnit = 200 + random.Next(2_000), Scratch = new ScratchOptions { Threads = 1 + random.Next(2) } },
    };

    /// <summary>Captures and compacts in several goes, with files of any size.</summary>
    private static async Task ArchiveAsync(ArchiveRig rig, LogOfEvents log, Random random)
    {
        for (var go = random.Next(3); go > 0; go--)
        {
            for (var partition = 0; partition < log.PartitionCount; partition++)
                await rig.CaptureAsync(log, partition, random.Next(400));
            await rig.CompactAsync(log.PartitionCount);
        }

        await rig.CaptureAllAsync(log);
        var result = await rig.CompactAsync(log.PartitionCount);
        Assert.All(result.Positions, position => Assert.Equal(log[position.Key].Count, position.Value));
    }

    internal static DayCut RandomCut(Random random, LogOfEvents log, CountingPolicy policy)
    {
        var partitions = new List<PartitionCut>();
        var quarantined = new List<RecordPosition>();
        for (var partition = 0; partition < log.PartitionCount; partition++)
        {
            var last = random.Next(-1, log[partition].Count);
            partitions.Add(new PartitionCut(partition, last, random.Next(2) == 0 ? log[partition].Count : random.Next(-1, last + 1)));
            quarantined.AddRange(Behind(log, partition, policy).Where(_ => random.Next(20) == 0).Select(index => new RecordPosition(partition, index)));
        }

        return new DayCut { Partitions = partitions, Policy = policy, Quarantined = quarantined };
    }

    /// <summary>Valid events that do not push the clock: whether they were put aside is not in the others' stream time.</summary>
    private static IEnumerable<int> Behind(LogOfEvents log, int partition, CountingPolicy policy)
    {
        var newest = long.MinValue;
        for (var i = 0; i < log[partition].Count; i++)
        {
            var e = log[partition][i];
            if (!PlainTruth.IsValid(e, policy))
                continue;
            if (e.TimeMs <= newest && e.Type != EventType.NonClick)
                yield return i;
            newest = Math.Max(newest, e.TimeMs);
        }
    }
}
