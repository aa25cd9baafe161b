using ClickFuncs.Api.SignIn;

namespace ClickFuncs.Local.SignIn;

/// <summary>The callers that the development issuer speaks for.</summary>
internal static class DevelopmentCallers
{
    /// <summary>Whoever runs this machine.</summary>
    public static readonly Caller Operator = Of(Roles.Operator);

    /// <summary>Somebody with a role that belongs to no advertiser.</summary>
    public static Caller Of(string role) => new($"development:{role}", [role], []);

    /// <summary>Somebody of one or several advertisers.</summary>
    public static Caller OfAdvertisers(params IReadOnlyList<string> ids) => new($"development:{string.Join('+', ids)}", [Roles.Advertiser], ids);
}
