using System.Net;
using ClickFuncs.Budgets;

namespace ClickFuncs.Api.Tests.Budgets;

/// <summary>What ad servers are told to stop (R22).</summary>
public sealed class BlockedFeedTests
{
    [Fact]
    public async Task Blocked_ByAKeyOfThePlatform_IsAnswered()
    {
        await using var host = await BudgetHost.StartAsync();
        using var answer = await host.Api.GetAsync($"{BudgetHost.Root}/blocked", ("Authorization", $"Bearer {await host.Api.KeyAsync(null)}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var refused = await host.Api.GetAsync($"{BudgetHost.Root}/blocked", ("Authorization", $"Bearer {await host.Api.KeyAsync("adv_88f7e6d5")}"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var numbers = await host.Api.GetAsync(BudgetHost.Root, ("Authorization", $"Bearer {await host.Api.KeyAsync(null)}"));
        Assert.Equal(HttpStatusCode.Forbidden, numbers.StatusCode);
    }

    [Fact]
    public async Task Get_NothingBlocked_IsAnEmptyListWithATag()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Pacing, BudgetReason.NearLimit);

        using var answer = await host.GetAsync("/blocked");

        Assert.Equal("""{"blocked":[]}""", await answer.Content.ReadAsStringAsync());
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal("no-cache, private", $"{answer.Headers.CacheControl}");
    }

    [Fact]
    public async Task Get_ExhaustedCampaign_IsListedWithReasonAndTime()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Exhausted, BudgetReason.DailySpent);

        using var answer = await host.GetAsync("/blocked");

        Assert.Equal(
            """{"blocked":[{"campaign_id":"cmp_77b6a5d4","state":"exhausted","reason":"daily_spent","since":"2026-07-01T12:00:00.000Z"}]}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_WithTheTag_AnswersNotModifiedUntilItChanges()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Active);
        using var first = await host.GetAsync("/blocked");
        var tag = $"{first.Headers.ETag}";

        using var same = await host.GetAsync("/blocked", ifNoneMatch: tag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await host.ShowAsync(BudgetState.Exhausted, BudgetReason.TotalSpent);
        using var changed = await host.GetAsync("/blocked", ifNoneMatch: tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, $"{changed.Headers.ETag}");
    }

    // Nobody decides any more, nobody calls anybody: the feed still stops the campaign (R23).
    [Fact]
    public async Task Get_TrustRanOut_ListsTheCampaignAsHeld()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Active);
        using var before = await host.GetAsync("/blocked");
        host.Api.Clock.Advance(TimeSpan.FromSeconds(6));

        using var answer = await host.GetAsync("/blocked", ifNoneMatch: $"{before.Headers.ETag}");

        Assert.Equal(
            """{"blocked":[{"campaign_id":"cmp_77b6a5d4","state":"held","reason":"spend_unknown","since":"2026-07-01T12:00:02.000Z"}]}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_Waiting_AnswersWhenTheListChanges()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Active);
        using var first = await host.GetAsync("/blocked");

        var waiting = host.GetAsync("/blocked?wait=30", ifNoneMatch: $"{first.Headers.ETag}");
        await host.ShowAsync(BudgetState.Exhausted, BudgetReason.DailySpent);
        await AdvanceUntilAsync(host, waiting);

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("exhausted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WaitingInVain_AnswersNotModifiedWhenTheTimeIsOver()
    {
        await using var host = await BudgetHost.StartAsync();
        using var first = await host.GetAsync("/blocked");

        var waiting = host.GetAsync("/blocked?wait=2", ifNoneMatch: $"{first.Headers.ETag}");
        await AdvanceUntilAsync(host, waiting);

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task Get_MoreWaitThanAllowed_AreTurnedAway()
    {
        await using var host = await BudgetHost.StartAsync(("Budgets:MaxWaiters", "1"));
        using var first = await host.GetAsync("/blocked");
        var waiting = Enumerable.Range(0, 3).Select(_ => host.GetAsync("/blocked?wait=30", ifNoneMatch: $"{first.Headers.ETag}")).ToList();

        // Those that are turned away answer at once, without the clock.
        for (var i = 0; i < 2; i++)
        {
            var turnedAway = await Task.WhenAny(waiting);
            waiting.Remove(turnedAway);
            using var answer = await turnedAway;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        await AdvanceUntilAsync(host, waiting[0]);
        using var last = await waiting[0];
        Assert.Equal(HttpStatusCode.NotModified, last.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("31")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task Get_BadWait_IsRefused(string wait)
    {
        await using var host = await BudgetHost.StartAsync();

        using var answer = await host.GetAsync($"/blocked?wait={wait}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("operator", HttpStatusCode.OK)]
    [InlineData("finance", HttpStatusCode.Forbidden)]
    [InlineData("advertiser", HttpStatusCode.Forbidden)]
    public async Task Get_ByRole_IsForAdServersOnly(string role, HttpStatusCode expected)
    {
        await using var host = await BudgetHost.StartAsync();

        using var answer = await host.GetAsync("/blocked", role);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task AdvanceUntilAsync(BudgetHost host, Task done)
    {
        // The request may not have begun to wait yet: move the clock until it ends.
        while (!done.IsCompleted)
        {
            host.Api.Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }
    }
}
