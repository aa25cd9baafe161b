using ClickFuncs.Links;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Links;

/// <summary>Registers the link maker and verifier.</summary>
public static class LinkServices
{
    /// <summary>Keys and lifetime come from <c>ClickFuncs:Links</c>; the host doesn't start without a key.</summary>
    public static IServiceCollection AddClickLinks(this IServiceCollection services)
    {
        services.AddOptions<LinkOptions>().BindConfiguration("ClickFuncs:Links").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LinkOptions>, LinkOptionsValidator>());
        services.TryAddSingleton(provider => LinkKeyRing.From(Options(provider)));
        services.TryAddSingleton(provider => new LinkVerifier(provider.GetRequiredService<LinkKeyRing>(), Options(provider)));
        services.TryAddSingleton(provider => new LinkMaker(
            provider.GetRequiredService<LinkKeyRing>(), Options(provider), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static LinkOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<LinkOptions>>().Value;
}
