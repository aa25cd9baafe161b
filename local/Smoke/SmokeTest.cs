using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClickFuncs.Local.Smoke;

/// <summary>
/// One click through a running system, by its public interface only: an ad of its own, a signed link, the redirect, and the count in a query. The
/// ad costs nothing and belongs to <see cref="Advertiser"/>, so nobody is charged; it is new in each run, so its count can come from this run only,
/// and archived afterwards.
/// </summary>
/// <param name="http">Client with the host's address and an operator's token; it must not follow redirects.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">Longest time for the whole.</param>
internal sealed class SmokeTest(HttpClient http, TimeProvider time, TimeSpan limit)
{
    /// <summary>Whose the test ads are.</summary>
    public const string Advertiser = "clickfuncs-smoke";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    // What the last unsuccessful try of a step was answered: the reason, should time run out.
    private string _last = "no answer";

    /// <summary>Runs it.</summary>
    /// <exception cref="SmokeFailedException">A step failed for good, or time ran out.</exception>
    public async Task<SmokeReport> RunAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var step = "to be healthy";
        try
        {
            var began = time.GetTimestamp();
            await UntilAsync(IsHealthyAsync, stop.Token);
            var healthy = time.GetTimestamp();

            step = "to make a link";
            var ad = $"clickfuncs_smoke_{Guid.NewGuid():N}";
            await PutAdAsync(ad, "active", stop.Token);
            var (path, clickId) = await UntilFoundAsync(token => LinkAsync(ad, token), stop.Token);
            var linked = time.GetTimestamp();

            step = "to redirect the click";
            await UntilAsync(token => ClickAsync(path, token), stop.Token);
            var clicked = time.GetTimestamp();

            step = "to show the click in a query";
            await UntilAsync(token => IsCountedAsync(ad, token), stop.Token);
            var visible = time.GetTimestamp();

            await PutAdAsync(ad, "archived", stop.Token);
            return new SmokeReport(
                http.BaseAddress!.ToString(), clickId, time.GetElapsedTime(began, healthy), time.GetElapsedTime(healthy, linked),
                time.GetElapsedTime(linked, clicked), time.GetElapsedTime(clicked, visible));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SmokeFailedException($"{http.BaseAddress} took longer than {limit.TotalSeconds:0} s {step}; last: {_last}");
        }
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
        return await SucceededAsync(answer, cancellationToken);
    }

    private async Task PutAdAsync(string ad, string status, CancellationToken cancellationToken)
    {
        var content = new JsonObject
        {
            ["advertiser_id"] = Advertiser,
            ["campaign_id"] = Advertiser,
            ["landing_url"] = new Uri(http.BaseAddress!, "/").ToString(),
            ["price_micros"] = 0,
            ["status"] = status,
        };
        await UntilAsync(
            async token =>
            {
                using var answer = await http.PutAsJsonAsync(new Uri($"/api/v1/catalog/ads/{ad}", UriKind.Relative), content, token);
                return await SucceededAsync(answer, token);
            },
            cancellationToken);
    }

    // Null while this instance of the host does not know the ad yet.
    private async Task<(string Path, string ClickId)?> LinkAsync(string ad, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/links", UriKind.Relative), new JsonObject { ["ad_id"] = ad }, cancellationToken);
        if (!await SucceededAsync(answer, cancellationToken))
            return null;
        var link = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        // Through the address that was given, whatever the host calls itself.
        return (new Uri((string)link["url"]!).PathAndQuery, (string)link["click_id"]!);
    }

    // Clicking again after a failure is harmless: the link is the click's identity.
    private async Task<bool> ClickAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Found)
            return true;
        return await SucceededAsync(answer, cancellationToken)
            ? throw new SmokeFailedException($"The link was answered {(int)answer.StatusCode} instead of a redirect: {path} does not lead to the click endpoint.")
            : false;
    }

    private async Task<bool> IsCountedAsync(string ad, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/advertisers/analytics?advertiser_id={Advertiser}&ad_id={ad}&granularity=1m&accuracy=live&start_time={(now - limit).ToUnixTimeSeconds()}&end_time={(now + limit).ToUnixTimeSeconds()}");
        using var answer = await http.GetAsync(new Uri(query, UriKind.Relative), cancellationToken);
        if (!await SucceededAsync(answer, cancellationToken))
            return false;
        var totals = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["totals"]!.AsArray();
        _last = $"totals {totals.ToJsonString()}";
        return totals.Any(total => (long)total!["raw_clicks"]! > 0);
    }

    // False asks for another try: the host is starting, busy, or another instance of it does not know the ad yet.
    private async Task<bool> SucceededAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return true;
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        _last = $"{answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode} {body}";
        return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest
            ? throw new SmokeFailedException($"{_last}. The token must be an operator's, of the issuer that the host is set up for.")
            : false;
    }

    private async Task<(string Path, string ClickId)> UntilFoundAsync(
        Func<CancellationToken, Task<(string Path, string ClickId)?>> tried, CancellationToken cancellationToken)
    {
        (string Path, string ClickId)? found = null;
        await UntilAsync(async token => (found = await tried(token)) != null, cancellationToken);
        return found!.Value;
    }

    private async Task UntilAsync(Func<CancellationToken, Task<bool>> tried, CancellationToken cancellationToken)
    {
        using var turns = new PeriodicTimer(Poll, time);
        while (!await TryAsync(tried, cancellationToken))
            await turns.WaitForNextTickAsync(cancellationToken);
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> tried, CancellationToken cancellationToken)
    {
        try
        {
            return await tried(cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Not listening yet, a gateway's page instead of an answer, or one request that took too long.
            _last = failure.Message;
            return false;
        }
    }
}
