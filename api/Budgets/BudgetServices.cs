using ClickFuncs.Budgets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClickFuncs.Api.Budgets;

/// <summary>Registers the board that redirects look at. A host that keeps budgets registers its own before.</summary>
public static class BudgetServices
{
    /// <summary>Limits come from <c>ClickFuncs:Budgets</c>.</summary>
    public static IServiceCollection AddBudgetBoard(this IServiceCollection services)
    {
        services.AddOptions<BudgetOptions>().BindConfiguration("ClickFuncs:Budgets").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<BudgetBoard>();
        services.TryAddSingleton<BlockedFeed>();
        return services;
    }
}
