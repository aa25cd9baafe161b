using System.Buffers;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Events;
using ClickFuncs.Links;
using ClickFuncs.Log;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// The synchronous half of a redirect: verifies the link, builds and judges the event in one pooled buffer and hands it to the log.
/// Allocates nothing.
/// </summary>
internal sealed class ClickRecorder(
    LinkVerifier links, CatalogCache catalog, TrafficJudge judge, VelocityJudge velocity, BudgetBoard budgets, IClickLog log, TimeProvider time,
    ClickTraces traces)
{
    // The link's claims, and the encoded event: two texts, an address, a visitor, a country and the ids of link and ad.
    private const int BufferBytes = LinkVerifier.ScratchBytes + (2 * EventLimits.MaxTextBytes) + 512 + (8 * EventLimits.MaxIdBytes);

    /// <summary>Starts the append of one request's event.</summary>
    /// <exception cref="LogException">The log refuses at once.</exception>
    public RedirectStart Start(in ClickRequest request)
    {
        var ads = catalog.Current;
        if (ads is null)
            return RedirectStart.Refused(RedirectProblems.CatalogUnavailable);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            return Start(request, ads, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private RedirectStart Start(in ClickRequest request, CatalogSnapshot ads, Span<byte> buffer)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var scratch = buffer[..LinkVerifier.ScratchBytes];
        var defect = request.IsCompact
            ? links.VerifyToken(request.Link, now, scratch, out var claims)
            : links.VerifyQuery(request.Link, now, scratch, out claims);
        if (defect != LinkDefect.None)
            return RedirectStart.Refused(RedirectProblems.Of(defect));
        defect = LinkTarget.Resolve(claims, ads, out var ad, out var location);
        if (defect != LinkDefect.None)
            return RedirectStart.Refused(RedirectProblems.Of(defect));

        var isClick = request.NonClick == NonClickReason.None;
        var view = new EventView
        {
            // Another type is another identity: the click that may follow with this id still counts. And it costs nothing.
            Type = isClick ? EventType.Click : EventType.NonClick,
            NonClickReason = request.NonClick,
            ClickId = claims.ClickId,
            EventTimeMs = now,
            CostMicros = isClick ? claims.CostMicros : 0,
            AdvertiserId = ad.AdvertiserId,
            CampaignId = ad.CampaignId,
            AdGroupId = ad.AdGroupId,
            AdId = ad.AdId,
            CreativeId = ad.CreativeId,
            Currency = claims.Currency.IsEmpty ? ad.Currency : claims.Currency,
            UserId = UserOf(request, claims),
            UserAgent = request.UserAgent,
            Referrer = request.Referrer,
            Device = DeviceClass.Of(request.UserAgent),
            Country = request.Country,
            Ip = request.Ip,
        };
        if (isClick)
            Judge(ref view, now);
        var length = EventEncoder.Encode(view, buffer[LinkVerifier.ScratchBytes..]);
        var id = Fingerprint.Of(view.Type, view.ClickId);
        var trace = traces.Begin(id);
        var append = log.AppendAsync(id, buffer.Slice(LinkVerifier.ScratchBytes, length), CancellationToken.None);
        return new RedirectStart(null, location, request.NonClick, view.Verdict, view.OverBudget, append, trace);
    }

    // Who opted out is nobody, whatever the link says.
    private static ReadOnlySpan<byte> UserOf(in ClickRequest request, in LinkClaims claims) =>
        request.Visitor.IsEmpty || claims.UserId.IsEmpty ? request.Visitor : claims.UserId;

    // Only a click can be billed. Whatever the marks, it is recorded and redirected: marks never delete.
    private void Judge(ref EventView view, long now)
    {
        view.Verdict = velocity.Judge(judge.JudgeRequest(view.UserAgent, view.Ip), view.Ip, view.UserId, view.AdId, now);
        // The price goes with the mark, so that nobody who counts the log, now or at night, can bill it.
        view.OverBudget = budgets.IsBlocked(view.CampaignId, now);
        if (view.OverBudget)
            view.CostMicros = 0;
    }
}
