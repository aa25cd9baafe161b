using System.Net;
using System.Text.Json;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Api.Tests.Finance;

public sealed class EvidenceTests
{
    private const string Line = "/evidence?date=2026-07-01&advertiser_id=adv_1&campaign_id=cmp_1";
    private static readonly DateOnly Day = new(2026, 7, 1);

    [Fact]
    public async Task Evidence_OfALine_IsItsClicksAndRepeats()
    {
        await using var host = await StartAsync();

        var clicks = (await host.JsonAsync(Line)).GetProperty("clicks").EnumerateArray().OrderBy(click => click.GetProperty("sequence").GetInt64()).ToList();

        Assert.Equal(["clk_1", "clk_2", "clk_1"], clicks.Select(click => click.GetProperty("click_id").GetString()));
        Assert.Equal([true, true, false], clicks.Select(click => click.GetProperty("billed").GetBoolean()));
        Assert.Equal([null, null, "2026-07-01T12:00:00.000Z"], clicks.Select(click => click.GetProperty("counted_instead").GetString()));
        var first = clicks[0];
        Assert.Equal(("2026-07-01T12:00:00.000Z", "2026-07-01T12:00:00.050Z", 450_000, "USD", "ad_1"), (
            first.GetProperty("event_time").GetString(), first.GetProperty("arrival_time").GetString(), first.GetProperty("cost_micros").GetInt64(),
            first.GetProperty("currency").GetString(), first.GetProperty("ad_id").GetString()));
        // Who clicked is told apart, not told.
        Assert.Matches("^[0-9a-f]{16}$", first.GetProperty("ip_pseudonym").GetString());
        Assert.DoesNotContain("203.0.113.7", first.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, clicks[1].GetProperty("ip_pseudonym").ValueKind);
    }

    [Fact]
    public async Task Evidence_OfRecordsThatRetentionGaveUp_SaysThatTheRawRecordIsRemoved()
    {
        await using var host = await StartAsync();
        Assert.Equal(["kept", "kept", "kept"], await RawRecordsAsync(host));

        var retirement = new ArchiveRetirement(host.Lake, new CaptureHub(), TimeSpan.FromDays(2), new ScratchOptions(), NullLogger<ArchiveRetirement>.Instance);
        Assert.Null(await retirement.DecideAsync(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), CancellationToken.None));
        Assert.False(await retirement.DeleteNextAsync(CancellationToken.None));

        Assert.Equal(["removed", "kept", "kept"], await RawRecordsAsync(host));
        Assert.Equal(3, (await host.JsonAsync(Line)).GetProperty("clicks").GetArrayLength());
    }

    [Fact]
    public async Task Evidence_PageByPage_GivesEachClickOnce()
    {
        await using var host = await StartAsync();
        var found = new List<long>();
        for (string? continuation = ""; continuation is not null;)
        {
            var page = await host.JsonAsync($"{Line}&limit=1&continuation={continuation}");
            found.Add(Assert.Single(page.GetProperty("clicks").EnumerateArray()).GetProperty("sequence").GetInt64());
            continuation = page.GetProperty("continuation").GetString();
        }

        Assert.Equal([0, 1, 2], found.Order());
    }

    [Fact]
    public async Task Evidence_OfAnEarlierRevision_IsWhatThatCloseTookIntoAccount()
    {
        await using var host = await StartAsync();
        Assert.Equal(3, (await host.JsonAsync(Line)).GetProperty("clicks").GetArrayLength());
        var first = await host.JsonAsync($"{Line}&revision=1");
        Assert.Equal((1, 1), (first.GetProperty("revision").GetInt32(), first.GetProperty("clicks").GetArrayLength()));
    }

    [Theory]
    [InlineData("&hour=12", 3)]
    [InlineData("&hour=11", 0)]
    [InlineData("&ad_id=ad_1", 3)]
    [InlineData("&ad_id=ad_2", 0)]
    public async Task Evidence_Narrowed_IsOfThatAdAndHour(string more, int clicks)
    {
        await using var host = await StartAsync();
        Assert.Equal(clicks, (await host.JsonAsync(Line + more)).GetProperty("clicks").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?date=2026-07-01")]
    [InlineData("?date=2026-07-01&advertiser_id=adv_1")]
    [InlineData("?advertiser_id=adv_1&campaign_id=cmp_1")]
    [InlineData("?date=july&advertiser_id=adv_1&campaign_id=cmp_1")]
    [InlineData("?date=2026-07-01&advertiser_id=adv_1&campaign_id=cmp_1&hour=24")]
    [InlineData("?date=2026-07-01&advertiser_id=adv_1&campaign_id=cmp_1&hour=noon")]
    [InlineData("?date=2026-07-01&advertiser_id=adv_1&campaign_id=cmp_1&limit=0")]
    [InlineData("?date=2026-07-01&advertiser_id=adv_1&campaign_id=cmp_1&limit=1001")]
    public async Task Evidence_AskedForWrongly_SaysWhatToName(string query)
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "Name date, such as 2026-07-01, advertiser_id and campaign_id; hour is 0 to 23, limit 1 to 1000."),
            await host.RefusalAsync($"/evidence{query}"));
    }

    [Fact]
    public async Task Evidence_WithAContinuationOfAnotherQuestion_SaysSo()
    {
        await using var host = await StartAsync();
        var continuation = (await host.JsonAsync($"{Line}&limit=1")).GetProperty("continuation").GetString();

        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "The continuation belongs to another question or another close of the day: begin again without one."),
            await host.RefusalAsync($"{Line}&hour=12&continuation={continuation}"));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "The continuation is damaged: use the one that came with the page before, or none to begin again."),
            await host.RefusalAsync($"{Line}&continuation=%00%ff"));
    }

    [Fact]
    public async Task Evidence_OfADayThatIsNotClosed_SaysHowToCloseIt()
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal(
            (HttpStatusCode.NotFound, "day-not-closed", "This day has no close of that revision. POST to /api/v1/finance/reconciliations to close it."), await host.RefusalAsync(Line));
    }

    private static async Task<string[]> RawRecordsAsync(FinanceHost host) =>
    [
        .. (await host.JsonAsync(Line)).GetProperty("clicks").EnumerateArray()
            .OrderBy(click => click.GetProperty("sequence").GetInt64()).Select(click => click.GetProperty("raw_record").GetString()!),
    ];

    // A click, another one, and a repeat of the first; closed after the first and after all.
    internal static async Task<FinanceHost> StartAsync(CountingPolicy? policy = null)
    {
        var host = await FinanceHost.StartAsync(policy: policy);
        var log = new LogOfEvents(1);
        var click = new TestEvent();
        log.Append(0, click with { Ip = "203.0.113.7" }, click with { ClickId = "clk_2", TimeMs = click.TimeMs + 1000 }, click with { TimeMs = click.TimeMs + 2000 });
        var rig = new ArchiveRig { Lake = host.Lake };
        await rig.CaptureAsync(log, 0, 1);
        await rig.CaptureAllAsync(log);
        await rig.CompactAsync(log.PartitionCount);
        var all = ArchiveRig.CutOf(log);
        await host.CloseAsync(Day, 1, all with { Partitions = [.. all.Partitions.Select(partition => partition with { LastSequence = 0 })] });
        await host.CloseAsync(Day, 2, all);
        return host;
    }
}
