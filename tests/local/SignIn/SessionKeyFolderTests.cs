using System.Xml.Linq;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Local.Tests.State;

namespace ClickFuncs.Local.Tests.SignIn;

public sealed class SessionKeyFolderTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StoreElement_ThenOpenedAnew_HasThemAll()
    {
        var directory = new DataDirectory(_folder.Path);
        Assert.Empty(new SessionKeyFolder(directory).GetAllElements());
        new SessionKeyFolder(directory).StoreElement(new XElement("key", new XAttribute("id", 1)), "../../outside");
        new SessionKeyFolder(directory).StoreElement(new XElement("key", new XAttribute("id", 2)), "key");
        // What a crash in the middle of a write leaves behind.
        File.WriteAllText(Path.Combine(directory.SessionKeys, "x.xml.tmp"), "<key");

        Assert.Equal(["1", "2"], new SessionKeyFolder(directory).GetAllElements().Select(key => key.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(directory.SessionKeys, "*.xml"), file => Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }
}
