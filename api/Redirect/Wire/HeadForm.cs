namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>What the bytes of a connection begin with.</summary>
internal enum HeadForm
{
    /// <summary>What may become a plain click; more bytes are needed.</summary>
    Incomplete,

    /// <summary>A complete, plain click.</summary>
    Plain,

    /// <summary>Anything else, valid or not: the web server's.</summary>
    Unusual,
}
