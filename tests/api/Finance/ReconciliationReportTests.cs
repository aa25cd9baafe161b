using System.Net;

namespace ClickFuncs.Api.Tests.Finance;

public sealed class ReconciliationReportTests
{
    private const string Report = "/reconciliations/2026-06-30/report";
    private static readonly DateOnly Day = new(2026, 6, 30);

    [Theory]
    [InlineData("json", "reconciliation.json", "application/json; charset=utf-8", null)]
    [InlineData("html", "reconciliation.html", "text/html; charset=utf-8", null)]
    [InlineData("csv", "differences.csv", "text/csv; charset=utf-8", "attachment; filename=\"reconciliation-2026-06-30.csv\"")]
    [InlineData("parquet", "differences.parquet", "application/vnd.apache.parquet", "attachment; filename=\"reconciliation-2026-06-30.parquet\"")]
    public async Task Report_InAnyForm_IsTheFileOfTheNewestRevision(string form, string file, string type, string? disposition)
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(Day, 1);
        await host.CloseAsync(Day, 2);

        using var answer = await host.GetAsync($"{Report}?format={form}");
        using var first = await host.GetAsync($"{Report}?format={form}&revision=1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((type, disposition), ($"{answer.Content.Headers.ContentType}", answer.Content.Headers.ContentDisposition?.ToString()));
        Assert.Equal(FinanceHost.Forms(Day, 2).Single(entry => entry.Name == file).Content, await answer.Content.ReadAsStringAsync());
        Assert.Equal(FinanceHost.Forms(Day, 1).Single(entry => entry.Name == file).Content, await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Report_AsAPage_RunsNothingAndLoadsNothing()
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(Day, 1);
        using var page = await host.GetAsync($"{Report}?format=html");
        using var json = await host.GetAsync(Report);

        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", json.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task Report_KnownToTheCaller_IsNotSentAgain(string known)
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(Day, 1);
        using var first = await host.GetAsync(Report);
        var tag = first.Headers.ETag!.ToString();

        using var again = await host.GetAsync(Report, "finance", ("If-None-Match", known.Replace("{0}", tag, StringComparison.Ordinal)));

        Assert.Equal((HttpStatusCode.NotModified, tag, 0), (again.StatusCode, again.Headers.ETag?.ToString(), (await again.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task Report_OfAnotherRevisionOrForm_HasAnotherTag()
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(Day, 1);
        var tags = new HashSet<string>();
        foreach (var form in (string[])["json", "csv", "html", "parquet"])
            tags.Add(await TagAsync(host, form));
        await host.CloseAsync(Day, 2);
        tags.Add(await TagAsync(host, "json"));
        Assert.Equal(5, tags.Count);

        using var answer = await host.GetAsync(Report, "finance", ("If-None-Match", "\"of-another-form\""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/reconciliations/2026-06-29/report")]
    [InlineData("/reconciliations/2026-06-30/report?revision=2")]
    [InlineData("/reconciliations/2026-06-30/report?revision=0")]
    [InlineData("/reconciliations/2026-06-30/report?revision=newest")]
    [InlineData("/reconciliations/2026-06-30/report?revision=99999999999")]
    [InlineData("/reconciliations/june/report")]
    public async Task Report_ThatIsNotThere_SaysHowToGetIt(string path)
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(Day, 1);
        Assert.Equal(
            (HttpStatusCode.NotFound, "day-not-closed", "This day has no close of that revision. POST to /api/v1/finance/reconciliations to close it."), await host.RefusalAsync(path));
    }

    [Theory]
    [InlineData("pdf")]
    [InlineData("HTML")]
    [InlineData("..%2Freconciliation.json")]
    public async Task Report_InAnotherForm_SaysWhichThereAre(string form)
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(Day, 1);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-format", "format must be json, csv, parquet or html."), await host.RefusalAsync($"{Report}?format={form}"));
    }

    private static async Task<string> TagAsync(FinanceHost host, string form)
    {
        using var answer = await host.GetAsync($"{Report}?format={form}");
        return answer.Headers.ETag!.ToString();
    }
}
