using System.Text;
using ClickFuncs.Local.Load;

namespace ClickFuncs.Local.Tests.Load;

public sealed class FileLinkSourceTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void TryNext_AllForms_GivesTargetAndClickId()
    {
        var links = Load("/c/tok1\tclk_1\r\n\nhttp://127.0.0.1:7071/c/tok2 clk_2\n/api/v1/clicks?ad_id=a&click_id=clk_3&sig=x\n/c/tok4");
        Assert.Equal(
            [("/c/tok1", "clk_1"), ("/c/tok2", "clk_2"), ("/api/v1/clicks?ad_id=a&click_id=clk_3&sig=x", "clk_3"), ("/c/tok4", "")],
            Read(links, 10));
        Assert.Equal(4, links.Count);
        Assert.False(links.KnowsClickIds);
    }

    [Fact]
    public void TryNext_Repeat_StartsOver() =>
        Assert.Equal(["/a", "/b", "/a"], Read(Load("/a x\n/b y\n", repeat: true), 3).Select(link => link.Target));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("/ok\nnot-a-link\n")]
    [InlineData("http://127.0.0.1:7071\n")]
    public void Load_NoLinks_Throws(string text) => Assert.Throws<FormatException>(() => Load(text));

    [Fact]
    public void Load_TooLong_NamesTheLine()
    {
        var error = Assert.Throws<FormatException>(() => Load("/ok\n/" + new string('x', ILinkSource.MaxTargetBytes)));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    private FileLinkSource Load(string text, bool repeat = false)
    {
        File.WriteAllText(_path, text);
        return FileLinkSource.Load(_path, repeat);
    }

    private static List<(string Target, string Id)> Read(FileLinkSource links, int most)
    {
        var (target, id) = (new byte[ILinkSource.MaxTargetBytes], new byte[128]);
        var read = new List<(string, string)>();
        while (read.Count < most && links.TryNext(target, out var targetLength, id, out var idLength))
            read.Add((Encoding.ASCII.GetString(target, 0, targetLength), Encoding.ASCII.GetString(id, 0, idLength)));
        return read;
    }
}
