namespace ClickFuncs.Links;

/// <summary>A link can't be made for an ad.</summary>
public sealed class LinkException(LinkDefect defect, string message) : Exception(message)
{
    /// <summary>What such a link would be refused for.</summary>
    public LinkDefect Defect { get; } = defect;
}
