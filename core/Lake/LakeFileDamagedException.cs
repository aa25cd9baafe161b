namespace ClickFuncs.Lake;

/// <summary>A file of the lake is not what was written there: altered, cut short, or of a later version of this program.</summary>
/// <param name="path">Its path in the lake.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">What found it, if it was an exception.</param>
public class LakeFileDamagedException(string path, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Its path in the lake.</summary>
    public string Path { get; } = path;
}
