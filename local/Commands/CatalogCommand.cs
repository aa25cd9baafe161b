using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ClickFuncs.Catalog;
using ClickFuncs.Local.Catalog;
using ClickFuncs.Local.Hosting;

namespace ClickFuncs.Local.Commands;

/// <summary><c>catalog list</c> and <c>catalog add</c>: the ads that links can be made for.</summary>
internal static class CatalogCommand
{
    public static Command Create() => new("catalog", "Show and change the ads that links can be made for.") { List(), Add() };

    private static Command List()
    {
        var data = Verb.DataOption();
        return new Command("list", "Print every ad as a line of JSON.") { data }.Does(async (parsed, cancellationToken) =>
        {
            using var store = new SqliteCatalogStore(DataDirectory.Existing(parsed.GetValue(data)!).Catalog);
            foreach (var ad in (await store.ReadChangesAsync(0, cancellationToken)).Ads)
                Console.WriteLine(Describe(ad));
            return 0;
        });
    }

    private static Command Add()
    {
        var data = Verb.DataOption();
        var ad = new Option<string>("--ad") { Description = "Id of the ad.", Required = true };
        var advertiser = new Option<string>("--advertiser") { Description = "Who pays.", Required = true };
        var campaign = new Option<string>("--campaign") { Description = "Its campaign.", Required = true };
        var group = new Option<string>("--ad-group") { Description = "Its ad group.", DefaultValueFactory = _ => "" };
        var creative = new Option<string>("--creative") { Description = "Its creative.", DefaultValueFactory = _ => "" };
        var landing = new Option<string>("--landing") { Description = "Where a click leads: absolute http or https.", Required = true };
        var price = new Option<string>("--price") { Description = "Price of a click, such as 0.45.", Required = true };
        var currency = new Option<string>("--currency") { Description = "ISO 4217 code.", DefaultValueFactory = _ => "USD" };
        var status = new Option<AdStatus>("--status") { Description = "Whether it runs.", DefaultValueFactory = _ => AdStatus.Active };
        var command = new Command("add", "Add an ad, or replace it. A running host knows it about a second later.") { ad, advertiser, campaign, group, creative, landing, price, currency, status, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var made = new CatalogAd
            {
                AdId = parsed.GetValue(ad)!,
                AdvertiserId = parsed.GetValue(advertiser)!,
                CampaignId = parsed.GetValue(campaign)!,
                AdGroupId = parsed.GetValue(group)!,
                CreativeId = parsed.GetValue(creative)!,
                LandingUrl = parsed.GetValue(landing),
                PriceMicros = Micros(parsed.GetValue(price)!),
                Currency = parsed.GetValue(currency)!,
                Status = parsed.GetValue(status),
            };
            using var store = new SqliteCatalogStore(new DataDirectory(parsed.GetValue(data)!).Catalog);
            await store.UpsertAsync([made], cancellationToken);
            Console.WriteLine(Describe(made));
            return 0;
        });
    }

    private static string Describe(CatalogAd ad) => JsonSerializer.Serialize(new
    {
        ad_id = ad.AdId,
        advertiser_id = ad.AdvertiserId,
        campaign_id = ad.CampaignId,
        ad_group_id = ad.AdGroupId,
        creative_id = ad.CreativeId,
        landing_url = ad.LandingUrl,
        price_micros = ad.PriceMicros,
        currency = ad.Currency,
        status = ad.Status.ToString().ToLowerInvariant(),
    });

    private static long Micros(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price * 1_000_000 % 1 == 0
            ? decimal.ToInt64(price * 1_000_000)
            : throw new ArgumentException($"--price is '{text}'; it must be a number with at most six decimals, such as 0.45.");
}
