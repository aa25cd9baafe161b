namespace ClickFuncs.Privacy;

/// <summary>What an identity was made from. The numbers are stored.</summary>
public enum IdentityKind
{
    /// <summary>A client address, with an ad.</summary>
    Ip = 0,

    /// <summary>A user id, with an ad.</summary>
    User = 1,
}
