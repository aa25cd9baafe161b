using System.Buffers;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Events;
using ClickFuncs.Links;
using ClickFuncs.Log;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// The synchronous half of a redirect: verifies the link, builds and judges the event in one pooled buffer and hands it to the log.
/// Only the cookie's text is allocated.
/// </summary>
internal sealed class ClickRecorder(
    LinkVerifier links, CatalogCache catalog, TrafficJudge judge, VelocityJudge velocity, BudgetBoard budgets, IClickLog log, TimeProvider time, RedirectOptions options,
    ClickTraces traces)
{
    // Link, user agent, referrer, address, user id, country, and the encoded event, which holds most of it once more.
    private const int BufferBytes =
        LinkVerifier.ScratchBytes + (2 * InputBytes) + 512 + (8 * EventLimits.MaxIdBytes);

    private const int InputBytes = (2 * EventLimits.MaxTextBytes) + ClientAddress.MaxBytes + TrackingCookie.IdLength + 2;

    private readonly ClientAddress _address = new(options);
    private readonly TrackingCookie _cookie = new(options.CookieLifetime);

    /// <summary>Starts the append of one request's event.</summary>
    /// <exception cref="LogException">The log refuses at once.</exception>
    public RedirectStart Start(HttpContext context)
    {
        var ads = catalog.Current;
        if (ads is null)
            return RedirectStart.Refused(RedirectProblems.CatalogUnavailable);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            return Start(context, ads, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private RedirectStart Start(HttpContext context, CatalogSnapshot ads, Span<byte> buffer)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var defect = Verify(context.Request, now, Take(ref buffer, LinkVerifier.ScratchBytes), out var claims);
        if (defect != LinkDefect.None)
            return RedirectStart.Refused(RedirectProblems.Of(defect));
        defect = LinkTarget.Resolve(claims, ads, out var ad, out var location);
        if (defect != LinkDefect.None)
            return RedirectStart.Refused(RedirectProblems.Of(defect));

        var view = new EventView
        {
            ClickId = claims.ClickId,
            EventTimeMs = now,
            CostMicros = claims.CostMicros,
            AdvertiserId = ad.AdvertiserId,
            CampaignId = ad.CampaignId,
            AdGroupId = ad.AdGroupId,
            AdId = ad.AdId,
            CreativeId = ad.CreativeId,
            Currency = claims.Currency.IsEmpty ? ad.Currency : claims.Currency,
            UserId = claims.UserId,
            NonClickReason = NonClickSigns.Classify(context.Request),
        };
        if (view.NonClickReason != NonClickReason.None)
        {
            // Another type is another identity: the click that may follow with this id still counts. And it costs nothing.
            view.Type = EventType.NonClick;
            view.CostMicros = 0;
        }

        var cookie = Observe(context, ref view, ref buffer);
        // Only a click can be billed. Whatever the marks, it is recorded and redirected: marks never delete.
        if (view.Type == EventType.Click)
        {
            view.Verdict = velocity.Judge(judge.JudgeRequest(view.UserAgent, view.Ip), view.Ip, view.UserId, view.AdId, now);
            // The price goes with the mark, so that nobody who counts the log, now or at night, can bill it.
            view.OverBudget = budgets.IsBlocked(view.CampaignId, now);
            if (view.OverBudget)
                view.CostMicros = 0;
        }

        var length = EventEncoder.Encode(view, buffer);
        var id = Fingerprint.Of(view.Type, view.ClickId);
        var trace = traces.Begin(id);
        var append = log.AppendAsync(id, buffer[..length], CancellationToken.None);
        return new RedirectStart(null, location, cookie, view.NonClickReason, view.Verdict, view.OverBudget, append, trace);
    }

    private LinkDefect Verify(HttpRequest request, long now, Span<byte> scratch, out LinkClaims claims)
    {
        var path = request.Path.Value.AsSpan();
        return path.StartsWith(LinkMaker.CompactPath)
            ? links.VerifyToken(path[LinkMaker.CompactPath.Length..], now, scratch, out claims)
            : links.VerifyQuery(request.QueryString.Value, now, scratch, out claims);
    }

    // What the platform saw itself. Returns the cookie to set.
    private string? Observe(HttpContext context, ref EventView view, scoped ref Span<byte> buffer)
    {
        var headers = context.Request.Headers;
        view.UserAgent = RequestText.Copy(headers.UserAgent, Take(ref buffer, EventLimits.MaxTextBytes));
        view.Referrer = RequestText.Copy(headers.Referer, Take(ref buffer, EventLimits.MaxTextBytes));
        view.Device = DeviceClass.Of(view.UserAgent);
        view.Country = RequestText.CopyCountry(headers, options.CountryHeader, Take(ref buffer, 2));
        var address = Take(ref buffer, ClientAddress.MaxBytes);
        view.Ip = address[.._address.Write(context, address)];
        var user = Take(ref buffer, TrackingCookie.IdLength);
        if (!TrackingCookie.TryIdentify(headers, user))
        {
            view.UserId = default;
            return null;
        }

        if (view.UserId.IsEmpty)
            view.UserId = user;
        return _cookie.Write(user);
    }

    private static Span<byte> Take(scoped ref Span<byte> buffer, int length)
    {
        var taken = buffer[..length];
        buffer = buffer[length..];
        return taken;
    }
}
