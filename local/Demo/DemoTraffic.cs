using System.Text;
using ClickFuncs.Catalog;
using ClickFuncs.Events;
using ClickFuncs.Links;
using ClickFuncs.Log;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Demo;

/// <summary>
/// Steady traffic for a look around: clicks through the front door, some twice, some from bots, some with HEAD; and
/// impressions, conversions and late clicks straight to the log, as the event endpoint will bring them.
/// </summary>
internal sealed partial class DemoTraffic(
    IReadOnlyList<CatalogEntry> ads, LinkMaker links, IClickLog log, Uri host, TimeProvider time, ILogger<DemoTraffic> logger)
{
    private const int PerSecond = 25;

    private static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    ];

    private readonly Random _random = new();
    private readonly byte[] _record = new byte[4096];
    private string? _lastLink;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = host };
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / PerSecond, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await TickAsync(client, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TickAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            // Low numbers come up more often: some ads are more popular than others.
            var ad = ads[Math.Min(_random.Next(ads.Count), _random.Next(ads.Count))];
            for (var impressions = _random.Next(40); impressions > 0; impressions--)
                await AppendAsync(ad, EventType.Impression, TimeSpan.Zero, cancellationToken);
            var link = _random.Next(100) < 5 && _lastLink != null ? _lastLink : links.MakeCompact(ad);
            _lastLink = link;
            using var request = new HttpRequestMessage(_random.Next(100) < 2 ? HttpMethod.Head : HttpMethod.Get, link);
            request.Headers.UserAgent.ParseAdd(
                _random.Next(100) < 3 ? "Mozilla/5.0 (compatible; ExampleBot/2.1; +http://example.org/bot)" : UserAgents[_random.Next(UserAgents.Length)]);
            if (_random.Next(100) < 2)
                request.Headers.Add("Sec-Purpose", "prefetch");
            using var response = await client.SendAsync(request, cancellationToken);
            if (_random.Next(100) < 4)
                await AppendAsync(ad, EventType.Conversion, TimeSpan.Zero, cancellationToken);
            if (_random.Next(100) < 2)
                await AppendAsync(ad, EventType.Click, TimeSpan.FromMinutes(_random.Next(1, 40)), cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or LogException)
        {
            // The demo shows a host under pressure too: it says so and goes on.
            LogRefused(failure.Message);
        }
    }

    private async Task AppendAsync(CatalogEntry ad, EventType type, TimeSpan age, CancellationToken cancellationToken)
    {
        var (id, length) = Encode(ad, type, (time.GetUtcNow() - age).ToUnixTimeMilliseconds());
        await log.AppendAsync(id, _record.AsSpan(0, length), cancellationToken);
    }

    private (Fingerprint Id, int Length) Encode(CatalogEntry ad, EventType type, long timeMs)
    {
        var id = Encoding.ASCII.GetBytes(ClickId.New());
        var known = ad.ToAd();
        var view = new EventView
        {
            ClickId = id,
            EventTimeMs = timeMs,
            Type = type,
            CostMicros = type == EventType.Click ? known.PriceMicros : 0,
            AdvertiserId = Encoding.UTF8.GetBytes(known.AdvertiserId),
            CampaignId = Encoding.UTF8.GetBytes(known.CampaignId),
            AdGroupId = Encoding.UTF8.GetBytes(known.AdGroupId),
            AdId = Encoding.UTF8.GetBytes(known.AdId),
            CreativeId = Encoding.UTF8.GetBytes(known.CreativeId),
            Currency = Encoding.UTF8.GetBytes(known.Currency),
        };
        return (Fingerprint.Of(type, id), EventEncoder.Encode(view, _record));
    }

    [LoggerMessage(2301, LogLevel.Warning, "The demo's event was not taken: {Reason}")]
    private partial void LogRefused(string reason);
}
