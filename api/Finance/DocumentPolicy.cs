namespace ClickFuncs.Api.Finance;

/// <summary>What a report or statement may do when a browser opens it: show itself, with its own style.</summary>
internal static class DocumentPolicy
{
    public const string Value = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
}
