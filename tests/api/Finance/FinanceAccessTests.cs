using System.Net;

namespace ClickFuncs.Api.Tests.Finance;

public sealed class FinanceAccessTests
{
    private static readonly string[] Paths =
    [
        "/reconciliations", "/reconciliations/2026-06-30", "/reconciliations/2026-06-30/report", "/statements?advertiser_id=adv_1&month=2026-06",
        "/backfills", "/backfills/backfill-20260630T00-20260630T01", "/evidence?date=2026-06-30&advertiser_id=adv_1&campaign_id=cmp_1", "/ledger/journals", "/ledger/entries?advertiser_id=adv_1&currency=USD",
    ];

    // The own advertiser of the caller is in the question: its numbers are open to it, the books are not.
    [Theory]
    [InlineData("advertiser")]
    [InlineData("operator")]
    [InlineData("nobody")]
    public async Task Books_ToOtherRoles_AreClosed(string role)
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(new DateOnly(2026, 6, 30), 1);
        foreach (var path in Paths)
        {
            using var answer = await host.GetAsync(path, role);
            Assert.Equal((HttpStatusCode.Forbidden, "forbidden", "These credentials don't allow this."), await FinanceHost.RefusalAsync(answer));
        }

        using var post = await host.PostAsync("""{"date":"2026-06-30"}""", role: role);
        Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        Assert.Empty(host.Closes.Started);
    }

    [Fact]
    public async Task Books_WithoutCredentials_AreClosed()
    {
        await using var host = await FinanceHost.StartAsync();
        foreach (var path in Paths)
        {
            using var answer = await host.Api.GetAsync(FinanceHost.Root + path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Books_ToFinance_AreNeverKeptByCaches()
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(new DateOnly(2026, 6, 30), 1);
        foreach (var path in Paths)
        {
            using var answer = await host.GetAsync(path);
            Assert.Contains($"{answer.Headers.CacheControl}", (string[])["no-store", "no-cache, private"]);
        }
    }
}
