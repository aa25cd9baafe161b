using System.Buffers;
using System.Text;
using ClickFuncs.Batch.Compaction;

namespace ClickFuncs.Batch.Tests.Compaction;

public sealed class ArchivedTextTests
{
    [Theory]
    [InlineData("clk_1", "clk_1")]
    [InlineData("naïve", "naïve")]
    [InlineData(@"a\b", @"a\\b")]
    [InlineData("a\0b", @"a\x00b")]
    public void Of_Text_EscapesBackslashAndZero(string text, string expected) => Assert.Equal(expected, Archive(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Of_NoUtf8_EscapesWhatIsNone()
    {
        Assert.Equal(@"a\xff\xc3", Archive([(byte)'a', 0xff, 0xc3]));
        Assert.Equal(@"\xed\xa0\x80é", Archive([0xed, 0xa0, 0x80, 0xc3, 0xa9]));
    }

    [Fact]
    public void Of_DifferentBytes_AreDifferentTexts()
    {
        var random = new Random(1);
        var seen = new Dictionary<string, byte[]>();
        for (var i = 0; i < 20_000; i++)
        {
            // Bytes that meet often: escapes, hex digits, halves of characters.
            var bytes = Enumerable.Range(0, random.Next(6)).Select(_ => "\\x0fF\0\xc3\xa9\xff"u8.ToArray()[random.Next(8)]).ToArray();
            if (seen.TryGetValue(Archive(bytes), out var other))
                Assert.Equal(other, bytes);
            seen[Archive(bytes)] = bytes;
        }
    }

    private static string Archive(byte[] bytes) => Encoding.UTF8.GetString(ArchivedText.Of(bytes, new ArrayBufferWriter<byte>()));
}
