using System.Globalization;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.SignIn.Sessions;
using ClickFuncs.Api.SignIn.Tokens;
using ClickFuncs.Local.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Local.SignIn;

/// <summary>Links that sign in with one click, printed when the host is up.</summary>
internal static class SignInLinks
{
    /// <summary>Prints one for the operator, one for finance and, in the demo, one for an advertiser. None where only the configured issuer's tokens count:
    /// nobody shall get in there by having seen the console.</summary>
    public static void Print(IServiceProvider services, string url, bool isDemo)
    {
        if (services.GetService<DevelopmentIssuer>() is null)
            return;
        Print(services, url, DevelopmentCallers.Operator, Roles.Operator);
        Print(services, url, DevelopmentCallers.Of(Roles.Finance), Roles.Finance);
        if (isDemo)
            Print(services, url, DevelopmentCallers.OfAdvertisers(DemoCatalog.FirstAdvertiser), DemoCatalog.FirstAdvertiser);
    }

    private static void Print(IServiceProvider services, string url, Caller caller, string name)
    {
        var code = services.GetRequiredService<OneTimeCodes>().Issue(caller);
        var end = services.GetRequiredService<TimeProvider>().GetUtcNow() + OneTimeCodes.Lifetime;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sign in as {name}: {url}/signin/once/{code} (once, until {end:HH:mm} UTC)"));
    }
}
