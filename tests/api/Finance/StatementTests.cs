using System.Net;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Api.Tests.Finance;

public sealed class StatementTests
{
    private static readonly string Mine = $"/statements?advertiser_id={LedgerSamples.Dollars.AdvertiserId}";

    [Fact]
    public async Task Statement_OfAMonth_IsWhatWasBookedInIt()
    {
        await using var host = await StartAsync(LedgerSamples.Dollars);

        var july = await host.JsonAsync($"{Mine}&month=2026-07");
        var august = await host.JsonAsync($"{Mine}&month=2026-08");

        Assert.Equal((450_000, 450_000, 1), (
            july.GetProperty("charges_micros").GetInt64(), july.GetProperty("closing_balance_micros").GetInt64(), july.GetProperty("lines").GetArrayLength()));
        Assert.Equal((450_000, -100_000, -300_000, 50_000), (
            august.GetProperty("opening_balance_micros").GetInt64(), august.GetProperty("corrections_micros").GetInt64(),
            august.GetProperty("payments_micros").GetInt64(), august.GetProperty("closing_balance_micros").GetInt64()));
    }

    [Theory]
    [InlineData("json", "application/json", null)]
    [InlineData("html", "text/html; charset=utf-8", null)]
    [InlineData("csv", "text/csv; charset=utf-8", "attachment; filename=\"statement-2026-07-USD.csv\"")]
    [InlineData("parquet", "application/vnd.apache.parquet", "attachment; filename=\"statement-2026-07-USD.parquet\"")]
    public async Task Statement_InAnyForm_IsWholeAndOfItsType(string form, string type, string? disposition)
    {
        await using var host = await StartAsync(LedgerSamples.Dollars);
        using var answer = await host.GetAsync($"{Mine}&month=2026-07&format={form}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((type, disposition), ($"{answer.Content.Headers.ContentType}", answer.Content.Headers.ContentDisposition?.ToString()));
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Content.Headers.ContentLength);
        Assert.Equal(form == "html", answer.Headers.GetValues("Content-Security-Policy").Single().Contains("style-src 'unsafe-inline'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statement_OfOneWithSeveralCurrencies_AsksForOne()
    {
        await using var host = await StartAsync(LedgerSamples.Dollars, LedgerSamples.Yen);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "The advertiser has several currencies; name one: JPY, USD."), await host.RefusalAsync($"{Mine}&month=2026-07"));
        Assert.Equal("JPY", (await host.JsonAsync($"{Mine}&month=2026-07&currency=JPY")).GetProperty("currency").GetString());
    }

    [Theory]
    [InlineData("advertiser_id=adv_nobody&month=2026-07")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=2026-07&currency=SEK")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=2026-07&currency=usd")]
    [InlineData("advertiser_id=ADV_88F7E6D5&month=2026-07")]
    public async Task Statement_OfWhomNothingWasPosted_IsNotFound(string query)
    {
        await using var host = await StartAsync(LedgerSamples.Dollars);
        Assert.Equal((HttpStatusCode.NotFound, "no-journal", "Nothing was ever posted for this advertiser in that currency."), await host.RefusalAsync($"/statements?{query}"));
    }

    [Theory]
    [InlineData("", "bad-finance-request", "Name advertiser_id and month, such as month=2026-07.")]
    [InlineData("advertiser_id=adv_88f7e6d5", "bad-finance-request", "Name advertiser_id and month, such as month=2026-07.")]
    [InlineData("month=2026-07", "bad-finance-request", "Name advertiser_id and month, such as month=2026-07.")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=July", "bad-finance-request", "'July' is no month; write it like 2026-07.")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=2026-13", "bad-finance-request", "'2026-13' is no month; write it like 2026-07.")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=9999-12", "bad-finance-request", "'9999-12' is no month; write it like 2026-07.")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=2026-07&format=2", "bad-format", "format must be json, csv, parquet or html.")]
    [InlineData("advertiser_id=adv_88f7e6d5&month=2026-07&format=json,csv", "bad-format", "format must be json, csv, parquet or html.")]
    public async Task Statement_AskedForWrongly_SaysWhatIsWrong(string query, string type, string sentence)
    {
        await using var host = await StartAsync(LedgerSamples.Dollars);
        Assert.Equal((HttpStatusCode.BadRequest, type, sentence), await host.RefusalAsync($"/statements?{query}"));
    }

    private static async Task<FinanceHost> StartAsync(params JournalId[] journals)
    {
        var host = await FinanceHost.StartAsync();
        foreach (var journal in journals)
            await host.Ledger.PostAsync(journal, [LedgerSamples.Charge(journal), LedgerSamples.Correction(journal), LedgerSamples.Payment(journal)], null, CancellationToken.None);
        return host;
    }
}
