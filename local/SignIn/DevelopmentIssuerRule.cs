using System.Net;
using ClickFuncs.Api.SignIn;

namespace ClickFuncs.Local.SignIn;

/// <summary>When a host accepts tokens of its own development issuer. Pure.</summary>
internal static class DevelopmentIssuerRule
{
    /// <summary>Whether the issuer is active on a host that listens at an address.</summary>
    /// <exception cref="InvalidOperationException">Others could reach the host, and nobody could sign in.</exception>
    public static bool IsActive(IPAddress listen, SignInOptions options)
    {
        if (IPAddress.IsLoopback(listen) || options.AllowDevelopmentIssuer)
            return true;
        return options.Authority is not null || options.KeySetFile is not null ? false : throw new InvalidOperationException(
            $"{listen} can be reached from other machines, and no issuer is set whose tokens to accept there. Set SignIn:Authority, or "
            + "SignIn:KeySetFile and SignIn:Issuer; or SignIn:AllowDevelopmentIssuer=true to accept tokens of this machine's own key from anywhere.");
    }
}
