namespace ClickFuncs.Api.SignIn;

/// <summary>The roles a caller can have. Any other word in a token means nothing.</summary>
public static class Roles
{
    /// <summary>Sees the numbers of its own advertisers, nothing else.</summary>
    public const string Advertiser = "advertiser";

    /// <summary>Closes days, reads every advertiser's numbers and books.</summary>
    public const string Finance = "finance";

    /// <summary>Runs the system; reads every advertiser's numbers, but not the books.</summary>
    public const string Operator = "operator";

    /// <summary>
    /// A program with an API key: sends impressions and conversions of the advertisers it acts for and makes their links. Never in a token.
    /// </summary>
    public const string Sender = "sender";

    /// <summary>A sender that acts for every advertiser. Never in a token.</summary>
    public const string PlatformSender = "platform-sender";

    /// <summary>The roles a token can give.</summary>
    internal static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal) { Advertiser, Finance, Operator };
}
