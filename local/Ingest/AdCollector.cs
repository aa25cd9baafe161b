using System.Text;
using ClickFuncs.Catalog;
using ClickFuncs.Events;

namespace ClickFuncs.Local.Ingest;

/// <summary>Makes catalog entries of ads that are first seen in events (<c>--catalog auto</c>). They have no landing page until somebody gives them one.</summary>
internal sealed class AdCollector(ICatalogStore catalog)
{
    private readonly HashSet<Fingerprint> _seen = [];
    private readonly Dictionary<string, CatalogAd> _new = [];

    /// <summary>Notes the event's ad if it is new to this import.</summary>
    public void See(in EventView view)
    {
        if (!_seen.Add(Fingerprint.Of(EventType.Click, view.AdId)))
            return;
        var id = Encoding.UTF8.GetString(view.AdId);
        _new.TryAdd(id, new CatalogAd
        {
            AdId = id,
            AdvertiserId = Encoding.UTF8.GetString(view.AdvertiserId),
            CampaignId = Encoding.UTF8.GetString(view.CampaignId),
            AdGroupId = Encoding.UTF8.GetString(view.AdGroupId),
            CreativeId = Encoding.UTF8.GetString(view.CreativeId),
            PriceMicros = view.CostMicros,
            Currency = Encoding.UTF8.GetString(view.Currency),
        });
    }

    /// <summary>Writes what was noted; ads the catalog knows stay as they are.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        if (_new.Count == 0)
            return;
        await catalog.AddMissingAsync([.. _new.Values], cancellationToken);
        _new.Clear();
    }
}
