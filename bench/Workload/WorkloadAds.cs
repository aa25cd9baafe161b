using System.Globalization;
using System.Text;

namespace ClickFuncs.Bench.Workload;

/// <summary>The ads that events are about: their part of a line is written once and copied into each event.</summary>
internal sealed class WorkloadAds
{
    private readonly byte[][] _fields;
    private readonly byte[][] _costs;

    /// <summary>Makes advertisers, their campaigns and their ads.</summary>
    public WorkloadAds(WorkloadOptions options)
    {
        var count = options.Advertisers * options.Campaigns * options.Ads;
        _fields = new byte[count][];
        _costs = new byte[count][];
        for (var ad = 0; ad < count; ad++)
        {
            var campaign = ad / options.Ads;
            var advertiser = campaign / options.Campaigns;
            _fields[ad] = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                ,"ad_id":"ad_{ad:x8}","campaign_id":"cmp_{campaign:x8}","advertiser_id":"adv_{advertiser:x8}","ad_group_id":"grp_{ad % 3}","creative_id":"cr_{ad % 5}"
                """));
            // Uneven prices, so that a wrong sum shows in every digit.
            var cost = 10_000 + (new WorkloadRandom(options.Seed, (ulong)ad << 32).Next() % 1_990_000);
            _costs[ad] = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"cost_micros\":{cost},\"currency\":\"USD\""));
        }
    }

    /// <summary>How many ads there are.</summary>
    public int Count => _fields.Length;

    /// <summary>Ids of the ad, as they stand in a line.</summary>
    public ReadOnlySpan<byte> Fields(int ad) => _fields[ad];

    /// <summary>Price of a click on the ad, as it stands in a line.</summary>
    public ReadOnlySpan<byte> Cost(int ad) => _costs[ad];
}
