using System.Text;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Api.Redirect.Wire;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>Which heads are answered on the short way, and what is read of them.</summary>
public sealed class ClickHeadTests
{
    private const string Plain = "GET /c/AbC_-9 HTTP/1.1\r\nHost: ads.example\r\n\r\n";

    private static readonly EdgeHeaders Names = new(new RedirectOptions { CountryHeader = "CF-IPCountry", ForwardedForHeader = "X-Forwarded-For" });

    [Theory]
    [InlineData("Host: localhost:7071")]
    [InlineData("HOST:ads.example")]
    [InlineData("Host: a\r\nConnection: Keep-Alive")]
    [InlineData("Host: a\r\nAccept: */*\r\nAccept-Language: de;q=0.9\r\nsec-ch-ua: \"Chromium\";v=\"156\"")]
    [InlineData("Host: a\r\nX-Empty:")]
    public void Read_APlainClick_IsPlain(string headers)
    {
        var head = Bytes($"GET /c/AbC_-9 HTTP/1.1\r\n{headers}\r\n\r\n");

        Assert.Equal(HeadForm.Plain, ClickHead.Read(head, Names, out var click));
        Assert.Equal(("AbC_-9", head.Length), (Encoding.ASCII.GetString(click.Token), click.Length));
    }

    [Fact]
    public void Read_AllThatAClickIsJudgedBy_IsGiven()
    {
        var head = Bytes("GET /c/t HTTP/1.1\r\nHost: a\r\nUser-Agent:  Mozilla/5.0 (X11) \r\nReferer: https://pub.example/\r\nCookie: cf_uid=x; b=c\r\n"
            + "cf-ipcountry: DE\r\nx-forwarded-for: 203.0.113.7\r\nDNT: 1\r\n\r\nGET /c/next");

        Assert.Equal(HeadForm.Plain, ClickHead.Read(head, Names, out var click));

        string[] read = [Text(click.UserAgent), Text(click.Referrer), Text(click.Cookie), Text(click.Country), Text(click.Forwarded)];
        Assert.Equal(["Mozilla/5.0 (X11)", "https://pub.example/", "cf_uid=x; b=c", "DE", "203.0.113.7"], read);
        Assert.True(click.IsOptedOut);
        Assert.StartsWith("GET /c/next", Text(head.AsSpan(click.Length)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DNT: 0", false)]
    [InlineData("Sec-GPC: 1", true)]
    [InlineData("DNT: yes", false)]
    public void Read_SignsOfOptingOut_AreOnesOnly(string header, bool isOptedOut)
    {
        Assert.Equal(HeadForm.Plain, ClickHead.Read(Bytes($"GET /c/t HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n"), Names, out var click));
        Assert.Equal(isOptedOut, click.IsOptedOut);
    }

    [Fact]
    public void Read_EveryPart_IsIncompleteUntilTheLastByte()
    {
        var head = Bytes(Plain);
        for (var length = 0; length < head.Length; length++)
            Assert.Equal(HeadForm.Incomplete, ClickHead.Read(head.AsSpan(0, length), Names, out _));
    }

    [Theory]
    [InlineData("HEAD /c/t HTTP/1.1\r\nHost: a")]
    [InlineData("POST /c/t HTTP/1.1\r\nHost: a")]
    [InlineData("get /c/t HTTP/1.1\r\nHost: a")]
    [InlineData("GET  /c/t HTTP/1.1\r\nHost: a")]
    [InlineData("GET /v1/click?ad_id=1 HTTP/1.1\r\nHost: a")]
    [InlineData("GET http://a/c/t HTTP/1.1\r\nHost: a")]
    [InlineData("GET /c/ HTTP/1.1\r\nHost: a")]
    [InlineData("GET /c/t?x=1 HTTP/1.1\r\nHost: a")]
    [InlineData("GET /c/t%41 HTTP/1.1\r\nHost: a")]
    [InlineData("GET /c/t/../u HTTP/1.1\r\nHost: a")]
    [InlineData("GET /c/t HTTP/1.0\r\nHost: a")]
    [InlineData("GET /c/t HTTP/1.1 \r\nHost: a")]
    [InlineData("GET /c/t HTTP/2.0\r\nHost: a")]
    [InlineData("GET /c/t\r\nHost: a")]
    [InlineData("GET /c/t HTTP/1.1")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nHost: a")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost:")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a:")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a:x")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a/b")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: user@a")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost : a")]
    [InlineData("GET /c/t HTTP/1.1\r\n Host: a")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\n folded: b")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\n: b")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nno colon")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nX: b\rc")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nX: b\nY: c")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nX: b\0c")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nX: b\tc")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nUser-Agent: m\u00fcnchen")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nContent-Length: 0")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\ncontent-length: 5")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nExpect: 100-continue")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nConnection: close")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nUpgrade: h2c")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nHTTP2-Settings: x")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nSec-Purpose: prefetch")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nPurpose: prefetch")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nX-Moz: prefetch")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nUser-Agent: a\r\nUser-Agent: b")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\nCookie: c=d")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nReferer: a\r\nReferer: b")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nDNT: 1\r\nDNT: 1")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 1.2.3.5")]
    [InlineData("GET /c/t HTTP/1.1\r\nHost: a\r\nCF-IPCountry: DE\r\nCF-IPCountry: FR")]
    [InlineData("PRI * HTTP/2.0")]
    public void Read_AnythingElse_IsLeftToTheServer(string head) =>
        Assert.Equal(HeadForm.Unusual, ClickHead.Read(Bytes(head + "\r\n\r\n"), Names, out _));

    [Fact]
    public void Read_AHeadLongerThanAllowed_IsLeftToTheServerEvenBeforeItEnds()
    {
        var head = Bytes($"GET /c/t HTTP/1.1\r\nHost: a\r\nCookie: {new string('x', ClickHead.MaxBytes)}\r\n\r\n");

        Assert.Equal(HeadForm.Unusual, ClickHead.Read(head.AsSpan(0, ClickHead.MaxBytes), Names, out _));
        Assert.Equal(HeadForm.Unusual, ClickHead.Read(head, Names, out _));
        Assert.Equal(HeadForm.Incomplete, ClickHead.Read(head.AsSpan(0, ClickHead.MaxBytes - 1), Names, out _));
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
