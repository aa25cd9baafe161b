using ClickFuncs.Api.SignIn.Tokens;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Sessions;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Local.SignIn;

/// <summary>Sign-in on one machine: its keys and ended sessions are in the data folder.</summary>
internal static class LocalSignIn
{
    /// <summary>Keeps session keys in the folder, and accepts the folder's development issuer if it is active.</summary>
    public static void AddLocalSignIn(this IServiceCollection services, DataDirectory directory, bool isDevelopmentIssuerActive)
    {
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new SessionKeyFolder(directory));
        services.AddSingleton<ISessionRevocations>(_ => new SqliteSessionRevocations(directory.RevokedSessions));
        if (isDevelopmentIssuerActive)
            services.AddSingleton(new DevelopmentIssuer(DevelopmentKeyFile.PublicHalf(DevelopmentKeyFile.OpenOrCreate(directory.DevelopmentIssuer))));
    }
}
