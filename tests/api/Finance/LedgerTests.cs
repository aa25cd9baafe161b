using System.Net;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Api.Tests.Finance;

public sealed class LedgerTests
{
    [Fact]
    public async Task Journals_OfAllAdvertisers_SayWhatIsOwed()
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal("""{"journals":[]}""", (await host.JsonAsync("/ledger/journals")).GetRawText());
        await host.Ledger.PostAsync(LedgerSamples.Dollars, [LedgerSamples.Charge(LedgerSamples.Dollars), LedgerSamples.Payment(LedgerSamples.Dollars)], null, CancellationToken.None);
        await host.Ledger.PostAsync(LedgerSamples.Other, [LedgerSamples.Charge(LedgerSamples.Other)], null, CancellationToken.None);

        var journals = (await host.JsonAsync("/ledger/journals")).GetProperty("journals").EnumerateArray().ToList();

        Assert.Equal(
            [("adv_88f7e6d5", "USD", 2, 150_000L), (LedgerSamples.Other.AdvertiserId, "USD", 1, 450_000L)],
            journals.Select(journal => (
                journal.GetProperty("advertiser_id").GetString()!, journal.GetProperty("currency").GetString()!, journal.GetProperty("entries").GetInt32(),
                journal.GetProperty("balance_micros").GetInt64())));
        Assert.All(journals, journal => Assert.Matches("^[0-9a-f]{64}$", journal.GetProperty("hash").GetString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Entries_PageByPage_GiveEachOnceAndEndWithTheLast(int limit)
    {
        await using var host = await FinanceHost.StartAsync();
        var journal = LedgerSamples.Dollars;
        await host.Ledger.PostAsync(journal, [.. Enumerable.Range(1, 7).Select(number => LedgerSamples.Payment(journal, $"bank {number}", number, $"note {number}"))], null, CancellationToken.None);

        var found = new List<(long, string, string, long)>();
        var pages = 0;
        for (long? from = 1; from is not null; pages++)
        {
            var page = await host.JsonAsync($"/ledger/entries?advertiser_id={journal.AdvertiserId}&currency=USD&from={from}&limit={limit}");
            found.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => (
                entry.GetProperty("sequence").GetInt64(), entry.GetProperty("reference").GetString()!, entry.GetProperty("note").GetString()!, entry.GetProperty("amount_micros").GetInt64())));
            from = page.GetProperty("next").ValueKind == System.Text.Json.JsonValueKind.Null ? null : page.GetProperty("next").GetInt64();
        }

        Assert.Equal(Enumerable.Range(1, 7).Select(number => ((long)number, $"bank {number}", $"note {number}", -(long)number)), found);
        Assert.Equal((7 + limit - 1) / limit, pages);
    }

    [Fact]
    public async Task Entries_OfClicks_NameDayCampaignAndWhatTheyCorrect()
    {
        await using var host = await FinanceHost.StartAsync();
        var journal = LedgerSamples.Dollars;
        await host.Ledger.PostAsync(journal, [LedgerSamples.Charge(journal), LedgerSamples.Correction(journal)], null, CancellationToken.None);

        var entries = (await host.JsonAsync($"/ledger/entries?advertiser_id={journal.AdvertiserId}&currency=USD")).GetProperty("entries");

        var (charge, correction) = (entries[0], entries[1]);
        Assert.Equal(("charge", "2026-07-30", "2026-07-30", "cmp_77b6a5d4", 1), (
            charge.GetProperty("kind").GetString(), charge.GetProperty("booked_on").GetString(), charge.GetProperty("click_day").GetString(),
            charge.GetProperty("campaign_id").GetString(), charge.GetProperty("clicks").GetInt32()));
        Assert.Equal(("correction", -100_000, charge.GetProperty("id").GetString()), (
            correction.GetProperty("kind").GetString(), correction.GetProperty("amount_micros").GetInt64(), correction.GetProperty("corrects").GetString()));
    }

    [Fact]
    public async Task Entries_OfAJournalThatIsNotThere_AreNone()
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal("""{"entries":[],"next":null}""", (await host.JsonAsync("/ledger/entries?advertiser_id=adv_1&currency=USD")).GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("advertiser_id=adv_1")]
    [InlineData("currency=USD")]
    [InlineData("advertiser_id=adv_1&currency=usd")]
    [InlineData("advertiser_id=adv_1&currency=DOLLARS")]
    [InlineData("advertiser_id=adv_1&currency=USD&from=0")]
    [InlineData("advertiser_id=adv_1&currency=USD&from=first")]
    [InlineData("advertiser_id=adv_1&currency=USD&limit=0")]
    [InlineData("advertiser_id=adv_1&currency=USD&limit=1001")]
    public async Task Entries_AskedForWrongly_SaysWhatToName(string query)
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "Name advertiser_id, and currency as three capital letters; from is a sequence number from 1, limit a number from 1 to 1000."),
            await host.RefusalAsync($"/ledger/entries?{query}"));
    }
}
