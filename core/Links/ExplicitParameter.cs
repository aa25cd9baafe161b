using System.Runtime.CompilerServices;

namespace ClickFuncs.Links;

/// <summary>Parameters of an explicit link; the signed ones in the order of their names, which is the order they are signed in.</summary>
internal enum ExplicitParameter
{
    AdId,
    AdvertiserId,
    CampaignId,
    ClickId,
    CostPerClick,
    KeyId,
    RedirectUrl,
    Timestamp,
    UserId,
    Signature,
    Unknown,
}

/// <summary>Names of <see cref="ExplicitParameter"/>.</summary>
internal static class ExplicitParameters
{
    /// <summary>How many are signed: all but the signature.</summary>
    public const int SignedCount = (int)ExplicitParameter.Signature;

    /// <summary>How many a link has.</summary>
    public const int Count = (int)ExplicitParameter.Unknown;

    /// <summary>Upper bound on the canonical text without the values, in bytes.</summary>
    public const int MaxCanonicalOverhead = SignedCount * 24;

    public static ReadOnlySpan<byte> Name(ExplicitParameter parameter) => parameter switch
    {
        ExplicitParameter.AdId => "ad_id"u8,
        ExplicitParameter.AdvertiserId => "advertiser_id"u8,
        ExplicitParameter.CampaignId => "campaign_id"u8,
        ExplicitParameter.ClickId => "click_id"u8,
        ExplicitParameter.CostPerClick => "cost_per_click"u8,
        ExplicitParameter.KeyId => "kid"u8,
        ExplicitParameter.RedirectUrl => "redirect_url"u8,
        ExplicitParameter.Timestamp => "timestamp"u8,
        ExplicitParameter.UserId => "user_id"u8,
        ExplicitParameter.Signature => "sig"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter, null),
    };

    public static ExplicitParameter Find(ReadOnlySpan<char> name) => name switch
    {
        "ad_id" => ExplicitParameter.AdId,
        "advertiser_id" => ExplicitParameter.AdvertiserId,
        "campaign_id" => ExplicitParameter.CampaignId,
        "click_id" => ExplicitParameter.ClickId,
        "cost_per_click" => ExplicitParameter.CostPerClick,
        "kid" => ExplicitParameter.KeyId,
        "redirect_url" => ExplicitParameter.RedirectUrl,
        "timestamp" => ExplicitParameter.Timestamp,
        "user_id" => ExplicitParameter.UserId,
        "sig" => ExplicitParameter.Signature,
        _ => ExplicitParameter.Unknown,
    };
}

/// <summary>Where each parameter's value lies in a buffer.</summary>
[InlineArray(ExplicitParameters.Count)]
internal struct ParameterSlices
{
    private ParameterSlice _first;
}

/// <summary>Start and length of one value; <see cref="Seen"/> tells an empty value from none.</summary>
internal readonly record struct ParameterSlice(int Start, int Length, bool Seen);
