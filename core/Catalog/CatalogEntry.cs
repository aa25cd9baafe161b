using System.Text;
using ClickFuncs.Links;

namespace ClickFuncs.Catalog;

/// <summary>
/// One ad of a snapshot as the redirect needs it: ids already UTF-8, target already checked. Two small objects and one
/// string per ad, since a million of them stay in memory.
/// </summary>
public sealed class CatalogEntry
{
    private readonly byte[] _text;
    private readonly ushort _campaign, _adGroup, _ad, _creative, _currency;

    /// <summary>Makes the entry of a valid ad.</summary>
    public CatalogEntry(CatalogAd ad)
    {
        ArgumentNullException.ThrowIfNull(ad);
        _text = Encoding.UTF8.GetBytes(
            string.Concat([ad.AdvertiserId, ad.CampaignId, ad.AdGroupId, ad.AdId, ad.CreativeId, ad.Currency]));
        _campaign = (ushort)Encoding.UTF8.GetByteCount(ad.AdvertiserId);
        _adGroup = (ushort)(_campaign + Encoding.UTF8.GetByteCount(ad.CampaignId));
        _ad = (ushort)(_adGroup + Encoding.UTF8.GetByteCount(ad.AdGroupId));
        _creative = (ushort)(_ad + Encoding.UTF8.GetByteCount(ad.AdId));
        _currency = (ushort)(_creative + Encoding.UTF8.GetByteCount(ad.CreativeId));
        PriceMicros = ad.PriceMicros;
        Status = ad.Status;
        Location = ad.LandingUrl is not null && RedirectTarget.TryNormalize(ad.LandingUrl, out var location) ? location : null;
    }

    /// <summary>Who pays.</summary>
    public ReadOnlySpan<byte> AdvertiserId => _text.AsSpan(0, _campaign);

    /// <summary>Campaign of the ad.</summary>
    public ReadOnlySpan<byte> CampaignId => _text.AsSpan(_campaign, _adGroup - _campaign);

    /// <summary>Ad group; may be empty.</summary>
    public ReadOnlySpan<byte> AdGroupId => _text.AsSpan(_adGroup, _ad - _adGroup);

    /// <summary>The ad.</summary>
    public ReadOnlySpan<byte> AdId => _text.AsSpan(_ad, _creative - _ad);

    /// <summary>Creative; may be empty.</summary>
    public ReadOnlySpan<byte> CreativeId => _text.AsSpan(_creative, _currency - _creative);

    /// <summary>ISO 4217 code; empty when the price is zero.</summary>
    public ReadOnlySpan<byte> Currency => _text.AsSpan(_currency);

    /// <summary>Price of a click in millionths of the currency.</summary>
    public long PriceMicros { get; }

    /// <summary>Whether the ad may run.</summary>
    public AdStatus Status { get; }

    /// <summary>Where a click leads, fit for a Location header; null when the ad has no landing page.</summary>
    public string? Location { get; }

    /// <summary>The ad as text again.</summary>
    public CatalogAd ToAd() => new()
    {
        AdId = Encoding.UTF8.GetString(AdId),
        AdvertiserId = Encoding.UTF8.GetString(AdvertiserId),
        CampaignId = Encoding.UTF8.GetString(CampaignId),
        AdGroupId = Encoding.UTF8.GetString(AdGroupId),
        CreativeId = Encoding.UTF8.GetString(CreativeId),
        LandingUrl = Location,
        PriceMicros = PriceMicros,
        Currency = Encoding.UTF8.GetString(Currency),
        Status = Status,
    };
}
