using System.Net.Http.Headers;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.SignIn;

namespace ClickFuncs.Local.Querying;

/// <summary>
/// How a verb signs in to the host that runs on its data folder: whoever can read the folder holds the development issuer's key.
/// For a host that does not accept that issuer, the variable <c>CLICKFUNCS_TOKEN</c> gives a token.
/// </summary>
internal static class HostCredentials
{
    /// <summary>Environment variable with a bearer token.</summary>
    public const string Variable = "CLICKFUNCS_TOKEN";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The Authorization header.</summary>
    /// <param name="directory">The host's folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">Who the verb speaks for.</param>
    public static AuthenticationHeaderValue For(DataDirectory directory, TimeProvider time, Caller caller) => Find(directory, time, caller)!;

    /// <summary>The Authorization header; null where there is neither folder nor variable.</summary>
    /// <param name="directory">The host's folder; null for a host elsewhere.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">Who the verb speaks for.</param>
    public static AuthenticationHeaderValue? Find(DataDirectory? directory, TimeProvider time, Caller caller)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } token)
            return new AuthenticationHeaderValue("Bearer", token);
        if (directory is null)
            return null;
        var key = DevelopmentKeyFile.OpenOrCreate(directory.DevelopmentIssuer);
        var tokens = new DevelopmentTokens(key, LocalOptionsReader.Read(directory).SignIn, time);
        return new AuthenticationHeaderValue("Bearer", tokens.Make(caller, Lifetime));
    }
}
