using System.Xml.Linq;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ClickFuncs.Local.SignIn;

/// <summary>
/// The keys that browser sessions are encrypted with, one file each, readable by the owner only. The framework's own folder store
/// neither restricts the files nor syncs them: a power cut could leave an empty one, which stops every sign-in.
/// </summary>
internal sealed class SessionKeyFolder(DataDirectory directory) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(directory.SessionKeys)
        ? [.. Directory.EnumerateFiles(directory.SessionKeys, "*.xml").Order(StringComparer.Ordinal).Select(path => XElement.Load(path))]
        : [];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        Directory.CreateDirectory(directory.SessionKeys);
        DirectorySync.Flush(directory.Root);
        using var content = new MemoryStream();
        element.Save(content);
        DurableFile.Replace(Path.Combine(directory.SessionKeys, $"{Guid.CreateVersion7():N}.xml"), content.ToArray(), ownerOnly: true);
    }
}
