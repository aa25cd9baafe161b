using System.Text;
using ClickFuncs.Events;
using ClickFuncs.State;

namespace ClickFuncs.Analytics.Late;

/// <summary>A click that came too late, as far as queries tell clicks apart.</summary>
internal sealed record LateClick(long TimeMs, long ArrivalMs, string AdvertiserId, string CampaignId, string AdGroupId, string AdId, string CreativeId, string Device, string Country)
{
    private const long MinuteMs = 60_000;

    /// <summary>Start of its window.</summary>
    public long MinuteStartMs => TimeMs - (TimeMs % MinuteMs);

    /// <summary>Reads the click of a side output; null when it is no click.</summary>
    public static LateClick? Read(SideOutput output) =>
        EventDecoder.Decode(output.Record.Span, out var view) == EventDefect.None && view.Type == EventType.Click
            ? new LateClick(
                view.EventTimeMs, output.ArrivalMs, Text(view.AdvertiserId), Text(view.CampaignId), Text(view.AdGroupId), Text(view.AdId), Text(view.CreativeId),
                Text(view.Device), Text(view.Country))
            : null;

    /// <summary>Its value of a dimension; null for one that is only known of counted clicks.</summary>
    public string? Value(Dimension dimension) => dimension switch
    {
        Dimension.Campaign => CampaignId,
        Dimension.AdGroup => AdGroupId,
        Dimension.Ad => AdId,
        Dimension.Creative => CreativeId,
        Dimension.Device => Device,
        Dimension.Country => Country,
        _ => null,
    };

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
