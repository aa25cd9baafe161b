using System.Globalization;
using System.Text;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Events;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Lake;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Compaction;

/// <summary>R24: compaction keeps everything, once, in order, whatever crashes.</summary>
public sealed class CompactorTests
{
    [Fact]
    public async Task Run_EventsOfAllKinds_KeepsEveryFieldAndNoPersonalData()
    {
        var log = new LogOfEvents(1);
        var e = new TestEvent { UserId = "usr_secret", Ip = "203.0.113.99", UserAgent = "Mozilla/5.0 (X11; Linux x86_64)", Referrer = "https://example.org/" };
        log.Append(0, e, e with { Type = EventType.NonClick, NonClickReason = NonClickReason.Prefetch, TimeMs = e.TimeMs + 90_000 }, e with { ClickId = "clk_2", UserId = "" });
        var rig = await CompactedAsync(log);
        var rows = Read(rig, "partition, sequence, arrival_ms, event_time_ms, stream_time_ms, type, click_id, advertiser_id, campaign_id, ad_group_id, ad_id, creative_id, currency, device, country, cost_micros, user_agent, referrer, non_click_reason");
        Assert.Equal($"0|0|{e.TimeMs + 50}|{e.TimeMs}|{e.TimeMs}|0|clk_1|adv_1|cmp_1|grp_1|ad_1|cr_1|USD|mobile|NO|450000|Mozilla/5.0 (X11; Linux x86_64)|https://example.org/|0", rows[0]);
        Assert.Equal($"0|1|{e.TimeMs + 90_050}|{e.TimeMs + 90_000}|{e.TimeMs + 90_000}|3|clk_1|adv_1|cmp_1|grp_1|ad_1|cr_1|USD|mobile|NO|450000|Mozilla/5.0 (X11; Linux x86_64)|https://example.org/|2", rows[1]);
        Assert.StartsWith($"0|2|{e.TimeMs + 50}|{e.TimeMs}|{e.TimeMs + 90_000}|0|clk_2|", rows[2], StringComparison.Ordinal);
        Assert.Equal(["1|1", "1|1", "0|1"], Read(rig, "(user_key <> 0)::INTEGER, (ip_key <> 0)::INTEGER"));
        foreach (var path in rig.Lake.Paths.Where(path => path.StartsWith("parquet/", StringComparison.Ordinal)))
        {
            Assert.Equal(-1, rig.Lake[path].AsSpan().IndexOf("usr_secret"u8));
            Assert.Equal(-1, rig.Lake[path].AsSpan().IndexOf("203.0.113"u8));
        }
    }

    [Fact]
    public async Task Run_RubbishAndFutureEvents_KeepsThemWholeAndAside()
    {
        var log = new LogOfEvents(1);
        var future = new TestEvent { ClickId = "clk_f", TimeMs = TestEvent.Noon + 3_600_000, ArrivalDelayMs = -300_001 };
        log.Append(0, new TestEvent { Raw = [1, 2, 3] }, future, future with { ClickId = "clk_g", ArrivalDelayMs = -300_000 }, new TestEvent());
        var rig = await CompactedAsync(log);
        Assert.Equal(
            ["0|0|bad_field|010203", $"0|1|future_event_time|{Convert.ToHexString(future.Encode())}"],
            Read(rig, "partition, sequence, reason, hex(body)", "undecoded"));
        // The one within the tolerance pushes the clock, the one beyond does not.
        Assert.Equal([$"2|{future.TimeMs}", $"3|{future.TimeMs}"], Read(rig, "sequence, stream_time_ms"));
    }

    [Fact]
    public async Task Run_IdsThatAreNoText_StayDifferent()
    {
        var log = new LogOfEvents(1);
        var plain = new TestEvent().Encode();
        foreach (var last in (byte[])[0xfe, 0xff])
        {
            var raw = (byte[])plain.Clone();
            raw[plain.AsSpan().IndexOf("clk_1"u8) + 4] = last;
            log.Append(0, new TestEvent { Raw = raw });
        }

        var rig = await CompactedAsync(log);
        Assert.Equal(["clk_\\xfe", "clk_\\xff"], Read(rig, "click_id"));
    }

    [Fact]
    public async Task Run_MissingRecords_NamesThemAndPublishesNothingOfThePart()
    {
        var log = Plain(100);
        var rig = new ArchiveRig();
        await rig.CaptureAsync(log, 0, 0, 50);
        await rig.CompactAsync(1);
        var before = rig.Lake.Paths;
        await rig.CaptureAsync(log, 0, 50, 10);
        await rig.CaptureAsync(log, 0, 73, 27);
        var gap = await Assert.ThrowsAsync<ArchiveGapException>(() => rig.CompactAsync(1));
        Assert.Equal((0, 60L, 72L), (gap.Partition, gap.First, gap.Last));
        Assert.Contains("60 to 72", gap.Message, StringComparison.Ordinal);
        Assert.Equal(before, rig.Lake.Paths.Where(path => path.StartsWith("parquet/", StringComparison.Ordinal) || before.Contains(path)));
    }

    [Fact]
    public async Task Run_FirstRecordsMissing_IsAGapToo()
    {
        var rig = new ArchiveRig();
        await rig.CaptureAsync(Plain(10), 0, 3, 7);
        Assert.Equal(0, (await Assert.ThrowsAsync<ArchiveGapException>(() => rig.CompactAsync(1))).First);
    }

    [Fact]
    public async Task Run_RecordsCapturedTwice_TakesThemOnce()
    {
        var rig = new ArchiveRig();
        var log = Plain(30);
        await rig.CaptureAsync(log, 0, 0, 20);
        await rig.CaptureAsync(log, 0, 10, 20);
        var result = await rig.CompactAsync(1);
        Assert.Equal((1, 30L, 30L), (result.Parts, result.Records, result.Positions[0]));
        Assert.Equal(["30|30"], Read(rig, "count(*), count(DISTINCT sequence)"));
        Assert.Equal(10, (await LastAsync(rig)).Partitions[0].Repeated);
    }

    [Fact]
    public async Task Run_AgainWithNothingNew_MakesNoPart()
    {
        var log = Plain(10);
        var rig = await CompactedAsync(log);
        await rig.CaptureAsync(log, 0, 10, 0);
        var before = rig.Lake.Paths;
        Assert.Equal(0, (await rig.CompactAsync(1)).Parts);
        Assert.Equal(before, rig.Lake.Paths);
    }

    [Fact]
    public async Task Run_WildClocks_MakesFewFiles()
    {
        var log = new LogOfEvents(1);
        for (var i = 0; i < 300; i++)
            log.Append(0, new TestEvent { ClickId = string.Create(CultureInfo.InvariantCulture, $"clk_{i}"), TimeMs = TestEvent.Noon - ((i % 200) * EventDays.DayMs), ArrivalDelayMs = 200 * EventDays.DayMs });
        var rig = new ArchiveRig { Compaction = new CompactionOptions { Buckets = 1, MaxDaysPerPart = 4 } };
        await rig.CaptureAllAsync(log);
        await rig.CompactAsync(1);
        Assert.Equal(5, (await LastAsync(rig)).Files.Count);
        Assert.Equal(["300"], Read(rig, "count(*)"));
        var cut = ArchiveRig.CutOf(log);
        var old = EventDays.Of(TestEvent.Noon) - 150;
        var rows = await rig.ReadAsync(await rig.CountAsync(old, cut));
        RecountSums.AssertEqual(PlainTruth.Count(log, old, cut), RecountSums.Truth(rows), "a day among others in one file");
    }

    [Fact]
    public async Task Run_CrashAtEachWriteToTheLake_MakesTheSameParts()
    {
        var log = RandomLog.Make(new Random(3), 200);
        var expected = await CompactedInPartsAsync(log, new InMemoryLake());
        var crashes = 0;
        for (var at = 0; ; at++)
        {
            var lake = new InMemoryLake();
            foreach (var path in expected.Lake.Paths.Where(path => path.EndsWith(".avro", StringComparison.Ordinal)))
                lake.Overwrite(path, expected.Lake[path]);
            var isCrashed = await CrashAsync(log, lake, at);
            if (!isCrashed)
                break;
            crashes++;
            lake.BeforeNaming = null;
            var rig = await CompactedInPartsAsync(log, lake);
            Assert.Equal(expected.Lake.Paths, rig.Lake.Paths);
            Assert.All(expected.Lake.Paths.Where(path => path.StartsWith("parquet/", StringComparison.Ordinal)), path => Assert.Equal(expected.Lake[path], rig.Lake[path]));
        }

        Assert.True(crashes > 5, $"Only {crashes} writes were tried.");
    }

    [Fact]
    public async Task Run_OtherOwnerMakesThePartMeanwhile_UsesTheirsAndLeavesOrphansToBeDeleted()
    {
        var log = Plain(50);
        var rig = new ArchiveRig();
        await rig.CaptureAsync(log, 0, 0, 20);
        var isDone = false;
        rig.Lake.BeforeNaming = path =>
        {
            if (isDone || !path.StartsWith("parquet/manifests/", StringComparison.Ordinal))
                return;
            isDone = true;
            // Meanwhile more was captured, and the other owner's part, of the same number, holds more.
            rig.CaptureAsync(log, 0, 20, 30).GetAwaiter().GetResult();
            rig.CompactAsync(1).GetAwaiter().GetResult();
        };
        var result = await rig.CompactAsync(1);
        Assert.Equal((0, 50L), (result.Parts, result.Positions[0]));
        var named = (await LastAsync(rig)).Files.Select(file => file.Path).ToList();
        var orphans = rig.Lake.Paths.Where(path => path.EndsWith(".parquet", StringComparison.Ordinal)).Except(named).ToList();
        Assert.NotEmpty(orphans);
        Assert.Equal(orphans, await new OrphanFiles(rig.Lake).DeleteAsync(CancellationToken.None));
        Assert.Equal(["50"], Read(rig, "count(*)"));
        await AssertSoundAsync(rig);
    }

    [Fact]
    public async Task DeleteOrphans_FilesOfThePartThatIsDue_Stay()
    {
        var lake = new InMemoryLake();
        Assert.True(await CrashAsync(Plain(20), lake, 2));
        var files = lake.Paths;
        Assert.Contains(files, path => path.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Empty(await new OrphanFiles(lake).DeleteAsync(CancellationToken.None));
        Assert.Equal(files, lake.Paths);
    }

    [Fact]
    public async Task Verify_SoundArchive_FindsNothing() => await AssertSoundAsync(await CompactedInPartsAsync(Plain(60), new InMemoryLake()));

    [Theory]
    [InlineData(".avro", "was altered")]
    [InlineData(".parquet", "was altered")]
    public async Task Verify_AlteredByte_NamesTheFile(string ending, string problem)
    {
        var rig = await CompactedInPartsAsync(Plain(60), new InMemoryLake());
        var path = rig.Lake.Paths.First(path => path.EndsWith(ending, StringComparison.Ordinal));
        var bytes = (byte[])rig.Lake[path].Clone();
        bytes[bytes.Length / 2] ^= 1;
        rig.Lake.Overwrite(path, bytes);
        var finding = Assert.Single(await FindAsync(rig));
        Assert.Contains(path, finding, StringComparison.Ordinal);
        Assert.Contains(problem, finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AlteredOrMissingManifest_IsFound()
    {
        var rig = await CompactedInPartsAsync(Plain(60), new InMemoryLake());
        var manifests = rig.Lake.Paths.Where(path => path.EndsWith(".json", StringComparison.Ordinal)).ToList();
        var first = rig.Lake[manifests[0]];
        rig.Lake.Overwrite(manifests[0], Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first).Replace("\"repeated\": 0", "\"repeated\": 1", StringComparison.Ordinal)));
        Assert.Contains("was altered", Assert.Single(await FindAsync(rig)), StringComparison.Ordinal);
        rig.Lake.Overwrite(manifests[0], first[..^5]);
        Assert.Contains(await FindAsync(rig), finding => finding.Contains("it is no manifest", StringComparison.Ordinal));
        await rig.Lake.DeleteAsync(manifests[0], CancellationToken.None);
        Assert.Contains("is missing", Assert.Single(await FindAsync(rig)), StringComparison.Ordinal);
    }

    [Fact]
    public void New_BucketsNoPowerOfTwo_IsRefused() => Assert.Throws<ArgumentException>(() => new Compactor(
        new InMemoryLake(), new(), new CompactionOptions { Buckets = 12 }, ArchiveRig.Pseudonyms, NullLogger<Compactor>.Instance));

    private static LogOfEvents Plain(int count)
    {
        var log = new LogOfEvents(1);
        for (var i = 0; i < count; i++)
            log.Append(0, new TestEvent { ClickId = string.Create(CultureInfo.InvariantCulture, $"clk_{i}"), TimeMs = TestEvent.Noon + i });
        return log;
    }

    private static async Task<ArchiveRig> CompactedAsync(LogOfEvents log)
    {
        var rig = new ArchiveRig();
        await rig.CaptureAllAsync(log);
        await rig.CompactAsync(log.PartitionCount);
        return rig;
    }

    /// <summary>Captures, ten files a partition that stay as they are if they are there, and compacts into small parts.</summary>
    private static async Task<ArchiveRig> CompactedInPartsAsync(LogOfEvents log, InMemoryLake lake)
    {
        var rig = new ArchiveRig { Lake = lake, Compaction = new CompactionOptions { Buckets = 1, MaxDaysPerPart = 2, MaxRecordsPerPart = log.Records.Count() / 2 } };
        for (var partition = 0; partition < log.PartitionCount; partition++)
        {
            for (var file = 0; file < 10; file++)
                await rig.CaptureAsync(log, partition, (log[partition].Count / 9) + 1);
        }

        await rig.CompactAsync(log.PartitionCount);
        return rig;
    }

    /// <summary>Compacts until the write of number <paramref name="at"/>, counted without the captures; false if there were not so many.</summary>
    private static async Task<bool> CrashAsync(LogOfEvents log, InMemoryLake lake, int at)
    {
        var writes = 0;
        lake.BeforeNaming = path =>
        {
            if (path.StartsWith("parquet/", StringComparison.Ordinal) && writes++ == at)
                throw new IOException("crash");
        };
        try
        {
            await CompactedInPartsAsync(log, lake);
            return false;
        }
        catch (IOException crash) when (crash.Message == "crash")
        {
            return true;
        }
    }

    private static async Task<PartManifest> LastAsync(ArchiveRig rig) =>
        (await new PartManifests(rig.Lake).FindLastAsync("all", CancellationToken.None))!.Value.Manifest;

    private static async Task<List<string>> FindAsync(ArchiveRig rig) => await new PartsVerification(rig.Lake).FindAsync(CancellationToken.None).ToListAsync();

    private static async Task AssertSoundAsync(ArchiveRig rig) => Assert.Empty(await FindAsync(rig));

    /// <summary>Rows of all event files, or of the undecoded ones, in order of the first columns: values joined by bars.</summary>
    private static List<string> Read(ArchiveRig rig, string columns, string folder = "day=")
    {
        using var database = new ScratchDatabase(new ScratchOptions());
        var files = new List<string>();
        foreach (var path in rig.Lake.Paths.Where(path => path.StartsWith("parquet/" + folder, StringComparison.Ordinal)))
        {
            files.Add(Path.Combine(database.Folder, string.Create(CultureInfo.InvariantCulture, $"{files.Count}.parquet")));
            File.WriteAllBytes(files[^1], rig.Lake[path]);
        }

        using var reader = database.Connection.Query(
            $"SELECT concat_ws('|', {columns}) FROM (FROM read_parquet({SqlText.ListOf(files)}) ORDER BY partition, sequence)");
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
