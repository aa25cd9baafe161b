using System.Text.Json;

namespace ClickFuncs.Local.Smoke;

/// <summary>How long each step of a smoke test took.</summary>
/// <param name="Url">Where.</param>
/// <param name="ClickId">Identity of the click that was made.</param>
/// <param name="Healthy">Until <c>/health</c> said that the host works.</param>
/// <param name="Linked">From there until there was a link for the test ad.</param>
/// <param name="Clicked">The redirect.</param>
/// <param name="Visible">From the redirect until a query showed the click.</param>
internal sealed record SmokeReport(string Url, string ClickId, TimeSpan Healthy, TimeSpan Linked, TimeSpan Clicked, TimeSpan Visible)
{
    /// <summary>One line of JSON; times in milliseconds.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        url = Url,
        click_id = ClickId,
        healthy_ms = (long)Healthy.TotalMilliseconds,
        linked_ms = (long)Linked.TotalMilliseconds,
        clicked_ms = (long)Clicked.TotalMilliseconds,
        visible_ms = (long)Visible.TotalMilliseconds,
    });
}
