using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.Pages;

public sealed partial class PageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/finance")]
    [InlineData("/operations")]
    [InlineData("/docs")]
    [InlineData("/runbook")]
    public async Task Get_Page_KeepsItsOwnPolicyAndIsAskedForEachTime(string path)
    {
        await using var host = await ApiHost.StartAsync();

        using var page = await host.GetAsync(path);

        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=", await page.Content.ReadAsStringAsync());
        using var again = await host.GetAsync(path, ("If-None-Match", $"\"other\", {page.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_TheRunbook_HasAnEntryForEveryAlert()
    {
        await using var host = await ApiHost.StartAsync();
        using var page = await host.GetAsync("/runbook");
        var text = await page.Content.ReadAsStringAsync();
        Assert.All(AlertRules.All, rule => Assert.Matches($"<h[23] id=\"{rule.Runbook}\">", text));
        // Nothing that isn't there is linked to.
        Assert.All(RunbookLink().Matches(text), link => Assert.Contains($"id=\"{link.Groups[1].Value}\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_FilesOfThePage_AreTypedKeptForEverAndNobodyElses()
    {
        await using var host = await ApiHost.StartAsync();
        var types = new HashSet<string>();
        foreach (var path in await FilesAsync(host))
        {
            using var file = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", file.Headers.CacheControl?.ToString());
            Assert.Equal(["nosniff"], file.Headers.GetValues("X-Content-Type-Options"));
            types.Add(file.Content.Headers.ContentType!.ToString());
        }

        Assert.Equal(["font/woff2", "image/svg+xml", "text/css; charset=utf-8", "text/javascript; charset=utf-8"], types.Order());
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("deflate", null)]
    [InlineData(null, null)]
    public async Task Get_WithAcceptEncoding_IsTheSameContentInThatForm(string? accepted, string? encoding)
    {
        await using var host = await ApiHost.StartAsync();
        var script = (await FilesAsync(host)).Single(path => path.EndsWith(".js", StringComparison.Ordinal));
        var plain = await host.Client.GetByteArrayAsync(script);

        using var answer = await host.GetAsync(script, accepted is null ? [] : [("Accept-Encoding", accepted)]);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        await using var body = await answer.Content.ReadAsStreamAsync();
        Assert.Equal(plain, await ReadAsync(encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        }));

        // A tag names one form: a cache that holds another must not take it for this one.
        using var known = await host.GetAsync(script, ("Accept-Encoding", accepted ?? "identity"), ("If-None-Match", answer.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var other = await host.GetAsync(script, ("Accept-Encoding", encoding is null ? "br" : "identity"), ("If-None-Match", answer.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Head_Page_HasTheHeadersOfGetAndNoBody()
    {
        await using var host = await ApiHost.StartAsync();
        using var get = await host.GetAsync("/");
        using var head = await host.SendAsync(HttpMethod.Head, "/");
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(ApiHost host) =>
        [.. Reference().Matches(await host.Client.GetStringAsync("/")).Select(match => match.Groups[1].Value)];

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    [GeneratedRegex("href=\"#([^\"]*)\"")]
    private static partial Regex RunbookLink();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
