namespace ClickFuncs.Batch.Archive;

/// <summary>Whose capture it is: the names that the path of its files begins with.</summary>
/// <param name="Namespace">Event Hubs namespace; on one machine a name for it.</param>
/// <param name="Name">Event hub, that is, log.</param>
public sealed record CaptureHub(string Namespace = "clickfuncs", string Name = "clicks")
{
    /// <summary>First name of every path.</summary>
    public const string Root = "capture";

    /// <summary>What the paths of all its files begin with.</summary>
    public string Prefix => $"{Root}/{Namespace}/{Name}/";
}
