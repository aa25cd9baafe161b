using System.Buffers.Text;
using ClickFuncs.Links;

namespace ClickFuncs.Core.Tests.Links;

/// <summary>R4, R5: nothing in a link can be changed.</summary>
public sealed class LinkTamperTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly LinkSamples _links = new();

    [Fact]
    public void Compact_AnyBitFlipped_IsRefused()
    {
        var bytes = Base64Url.DecodeFromChars(_links.Maker.MakeCompact(LinkSamples.Ad, "clk_1").AsSpan(3));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(LinkDefect.None, _links.Verify("/c/" + Base64Url.EncodeToString(changed)));
        }
    }

    [Fact]
    public void Compact_AnyCharChangedAddedOrTaken_IsRefused()
    {
        // 16 bytes of id leave stray bits in the last character for some lengths: all lengths are tried.
        foreach (var id in (string[])["a", "ab", "abc"])
        {
            var token = _links.Maker.MakeCompact(LinkSamples.Ad, id)[3..];
            for (var i = 0; i < token.Length; i++)
            {
                Assert.NotEqual(LinkDefect.None, _links.Verify($"/c/{token.Remove(i, 1)}"));
                foreach (var c in Alphabet + "= +%\n/.")
                {
                    Assert.NotEqual(LinkDefect.None, _links.Verify($"/c/{token.Insert(i + 1, c.ToString())}"));
                    if (c != token[i])
                        Assert.NotEqual(LinkDefect.None, _links.Verify($"/c/{token[..i]}{c}{token[(i + 1)..]}"));
                }
            }
        }
    }

    [Fact]
    public void Explicit_AnyCharChangedOrTaken_IsRefused()
    {
        var query = _links.Maker.MakeExplicit(LinkSamples.Ad, "clk_1", userId: "usr_1").Split('?')[1];
        for (var i = 0; i < query.Length; i++)
        {
            Assert.NotEqual(LinkDefect.None, _links.Verify("?" + query.Remove(i, 1)));
            foreach (var c in "a0Z9=&%+-_/.?\n")
            {
                var changed = $"{query[..i]}{c}{query[(i + 1)..]}";
                // %2f and %2F are two spellings of one value, and only that is signed.
                if (!Uri.UnescapeDataString(changed).Equals(Uri.UnescapeDataString(query), StringComparison.Ordinal))
                    Assert.NotEqual(LinkDefect.None, _links.Verify("?" + changed));
            }
        }
    }

    [Theory]
    [InlineData("&utm_source=x")]
    [InlineData("&ad_id=ad_99a2c3d4")]
    [InlineData("&user_id=")]
    [InlineData("&")]
    [InlineData("&sig=AAAA")]
    public void Explicit_UnknownOrRepeatedParameter_IsMalformed(string suffix)
    {
        var link = _links.Maker.MakeExplicit(LinkSamples.Ad);

        Assert.Equal(LinkDefect.Malformed, _links.Verify(link + suffix));
    }

    [Fact]
    public void Explicit_ParametersReordered_StillVerifies()
    {
        var parts = _links.Maker.MakeExplicit(LinkSamples.Ad).Split('?')[1].Split('&');

        Assert.Equal(LinkDefect.None, _links.Verify("?" + string.Join('&', parts.Reverse())));
    }

    [Fact]
    public void Explicit_ValuesMovedBetweenParameters_IsRefused()
    {
        var link = _links.Maker.MakeExplicit(LinkSamples.Ad, "clk_1", userId: "u");

        Assert.Equal(LinkDefect.BadSignature, _links.Verify(link.Replace("click_id=clk_1", "click_id=clk_", StringComparison.Ordinal)
            .Replace("user_id=u", "user_id=1u", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("....")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Token_Nonsense_IsMalformed(string token) => Assert.Equal(LinkDefect.Malformed, _links.Verify("/c/" + token));

    [Fact]
    public void Token_Overlong_IsMalformed() => Assert.Equal(LinkDefect.Malformed, _links.Verify("/c/" + new string('A', 5000)));

    [Fact]
    public void Token_SignatureOfTheOtherForm_IsRefused()
    {
        // The same bytes signed in another domain: only the prefix tells them apart.
        var bytes = Base64Url.DecodeFromChars(_links.Maker.MakeCompact(LinkSamples.Ad, "clk_1").AsSpan(3));
        Span<byte> signature = stackalloc byte[LinkKey.SignatureBytes];
        LinkSamples.Key(1).Sign("clickfuncs.link.params.v1\0"u8, bytes.AsSpan(0, bytes.Length - 16), signature);
        signature[..16].CopyTo(bytes.AsSpan(bytes.Length - 16));

        Assert.Equal(LinkDefect.BadSignature, _links.Verify("/c/" + Base64Url.EncodeToString(bytes)));
    }
}
