using System.Net;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Budgets;
using ClickFuncs.Events;
using ClickFuncs.Testing.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R22: later clicks still redirect, are marked over budget and aren't billed.</summary>
public sealed class OverBudgetTests
{
    private readonly BudgetBoard _board = new();

    [Theory]
    [InlineData(BudgetState.Active, false)]
    [InlineData(BudgetState.Pacing, false)]
    [InlineData(BudgetState.Held, true)]
    [InlineData(BudgetState.Exhausted, true)]
    public async Task Click_ByState_IsRedirectedAndMarkedAndCostsAccordingly(BudgetState state, bool isOver)
    {
        await using var host = await StartAsync(state);

        using var answer = await host.GetAsync(host.Link());

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal((EventType.Click, isOver, isOver ? 0 : 450_000), Recorded(host));
    }

    // R23: nobody decides any more; the redirect itself sees that trust has run out.
    [Fact]
    public async Task Click_AfterTrustRanOut_IsOverBudget()
    {
        await using var host = await StartAsync(BudgetState.Active);
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        using var answer = await host.GetAsync(host.Link());

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal((EventType.Click, true, 0), Recorded(host));
    }

    [Fact]
    public async Task NonClick_OnAnExhaustedCampaign_IsNotMarked()
    {
        await using var host = await StartAsync(BudgetState.Exhausted);

        using var answer = await host.SendAsync(HttpMethod.Head, host.Link());

        Assert.Equal((EventType.NonClick, false, 0), Recorded(host));
    }

    private async Task<ApiHost> StartAsync(BudgetState state)
    {
        var host = await ApiHost.StartAsync(add: services => services.AddSingleton(_board));
        var now = host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        _board.Show(new BudgetSnapshot(
            [
                new BudgetEntry(
                    new StoredBudget(BudgetSamples.Budget(), 1), new BudgetFigures(now, now, 0, 0, 0, false),
                    new BudgetDecision(state, BudgetReason.None, now + 2_000, 0, 0, 100), now),
            ],
            now, now));
        return host;
    }

    private static (EventType Type, bool OverBudget, long CostMicros) Recorded(ApiHost host)
    {
        Assert.Equal(EventDefect.None, EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view));
        return (view.Type, view.OverBudget, view.CostMicros);
    }
}
