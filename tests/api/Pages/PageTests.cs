using System.Net;
using System.Text.RegularExpressions;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.Pages;

public sealed partial class PageTests
{
    [Fact]
    public async Task Get_FirstPage_AsksNobodyElseForAnything()
    {
        await using var host = await ApiHost.StartAsync();

        using var page = await host.GetAsync("/");

        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("default-src 'none'; script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        foreach (var path in Reference().Matches(html).Select(match => match.Groups[1].Value).Where(path => path != "data:,"))
        {
            using var file = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.DoesNotContain("://", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var again = await host.GetAsync("/", ("If-None-Match", page.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
