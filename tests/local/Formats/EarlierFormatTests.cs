using System.Globalization;
using System.IO.Compression;
using ClickFuncs.Analytics;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Ingest;
using ClickFuncs.Local.Verification;
using ClickFuncs.State;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Formats;

/// <summary>
/// Folders that earlier versions of the program wrote, from the same two files of events: they open, hold what was counted, and go on
/// (R40). Each zip was made by the version of its time and never changes; a version that changes a format adds one of the format before.
/// </summary>
public sealed class EarlierFormatTests : IDisposable
{
    private const long StartMs = 1_782_864_000_000; // 2026-07-01T00:00Z

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-format-");

    private static readonly string[] Names =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Formats"), "*.zip").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Folders { get; } = [.. Names];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folders_OfEveryFormatSoFar_AreThere() =>
        Assert.Equal(["state-1-analytics-1.zip", "state-2-analytics-2.zip", "state-3-analytics-3.zip"], Names);

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Folder_OfAnEarlierVersion_HoldsEverythingThatWasCounted(string zip)
    {
        var directory = Unpack(zip);
        await using var node = await OpenAsync(directory);
        Assert.Equal(new PartitionCounters { Read = 3694, Accepted = 3620, Duplicates = 72, LateDropped = 1, Quarantined = 1 }, node.SumCounters());
        Assert.Equal(new WindowMetrics { Impressions = 360, RawClicks = 3332, Clicks = 3260, SpendMicros = 815_000_000 }, await SumAsync(node));
        Assert.Equal("bad_currency", Assert.Single(await node.State.ReadSideOutputsAsync(0, SideOutputKind.Quarantine, 0, 10, CancellationToken.None)).Reason);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Folder_OfAnEarlierVersion_GoesOnWhereItWas(string zip)
    {
        var directory = Unpack(zip);
        var file = new FileInfo(Path.Combine(_folder.FullName, "more.ndjson"));
        // One that was counted before the snapshot, one after it, and a new one in a window that was open.
        await File.WriteAllLinesAsync(file.FullName, [Click("c3599", 3599), Click("d19", 3619), Click("new", 3619)]);

        var summary = await new IngestFiles(directory, new LocalOptions(), TimeProvider.System, NullLoggerFactory.Instance).RunAsync([file], createsAds: false, CancellationToken.None);

        Assert.Equal((1L, 2L), (summary.Counters.Accepted, summary.Counters.Duplicates));
        await using (var node = await OpenAsync(directory))
            Assert.Equal(new WindowMetrics { Impressions = 360, RawClicks = 3335, Clicks = 3261, SpendMicros = 815_250_000 }, await SumAsync(node));
        Assert.Empty((await DataVerification.RunAsync(directory, directory.Spool, new LocalOptions().Archive.ToHub(), CancellationToken.None)).Findings);
    }

    private DataDirectory Unpack(string zip)
    {
        var root = Path.Combine(_folder.FullName, "data");
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Formats", zip), root);
        return new DataDirectory(root);
    }

    private static async Task<LocalNode> OpenAsync(DataDirectory directory)
    {
        var node = await LocalNode.OpenAsync(directory, new LocalOptions(), null, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        node.Start();
        await node.WaitUntilCountedAsync(CancellationToken.None);
        return node;
    }

    private static async Task<WindowMetrics> SumAsync(LocalNode node)
    {
        var answer = await node.Analytics.QueryAsync(
            new AnalyticsQuery { AdvertiserId = "adv_1", FromMs = StartMs, ToMs = StartMs + Granularities.DayMs, Granularity = Granularity.Minute }, CancellationToken.None);
        var sum = default(WindowMetrics);
        foreach (var point in answer.Points)
            sum.Add(point.Metrics);
        return sum;
    }

    private static string Click(string id, int second) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"click_id":"{{id}}","ad_id":"ad_0","campaign_id":"cmp_0","advertiser_id":"adv_1","cost_micros":250000,"currency":"NOK","event_time":{{StartMs + (second * 1000L)}}}""");
}
