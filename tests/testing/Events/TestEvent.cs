using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Events;

/// <summary>An event in plain strings, for tests: easy to write down, easy to compare.</summary>
public sealed record TestEvent
{
    /// <summary>2026-07-01T12:00:00Z.</summary>
    public const long Noon = 1_782_907_200_000;

    public string ClickId { get; init; } = "clk_1";
    public long TimeMs { get; init; } = Noon;
    public EventType Type { get; init; } = EventType.Click;
    public long CostMicros { get; init; } = 450_000;
    public DimensionKey Key { get; init; } = new("adv_1", "cmp_1", "grp_1", "ad_1", "cr_1", "USD", "mobile", "NO");
    public string UserId { get; init; } = "";
    public string Ip { get; init; } = "";
    public string UserAgent { get; init; } = "";
    public string Referrer { get; init; } = "";
    public NonClickReason NonClickReason { get; init; }
    public Verdict Verdict { get; init; }
    public bool OverBudget { get; init; }

    /// <summary>How long after the event the log accepted it.</summary>
    public long ArrivalDelayMs { get; init; } = 50;

    /// <summary>Bytes that go onto the log instead of a proper encoding.</summary>
    public byte[]? Raw { get; init; }

    /// <summary>The key of the row that counts it: its own, and of an invalid click the one reason that stands for all.</summary>
    public DimensionKey RowKey => Type == EventType.Click && Verdict.Tier == VerdictTier.Invalid ? Key with { Reason = Reason } : Key;

    private string Reason =>
        Verdict.Reasons.HasFlag(VerdictReasons.KnownBot) ? "known_bot"
        : Verdict.Reasons.HasFlag(VerdictReasons.SelfDeclaredCrawler) ? "self_declared_crawler"
        : Verdict.Reasons.HasFlag(VerdictReasons.DataCenter) ? "data_center"
        : Verdict.Reasons.HasFlag(VerdictReasons.VelocityIp) ? "velocity_ip"
        : Verdict.Reasons.HasFlag(VerdictReasons.VelocityUser) ? "velocity_user"
        : Verdict.Reasons.HasFlag(VerdictReasons.MissingUserAgent) ? "missing_user_agent"
        : Verdict.Reasons.HasFlag(VerdictReasons.AbsurdUserAgent) ? "absurd_user_agent"
        : "other";

    /// <summary>The fingerprint of type and id.</summary>
    public Fingerprint Fingerprint => Fingerprint.Of(Type, Encoding.UTF8.GetBytes(ClickId));

    /// <summary>The record as it lies on the log.</summary>
    public byte[] Encode()
    {
        if (Raw != null)
            return Raw;
        var view = new EventView
        {
            ClickId = Utf8(ClickId),
            EventTimeMs = TimeMs,
            Type = Type,
            CostMicros = CostMicros,
            AdvertiserId = Utf8(Key.AdvertiserId),
            CampaignId = Utf8(Key.CampaignId),
            AdGroupId = Utf8(Key.AdGroupId),
            AdId = Utf8(Key.AdId),
            CreativeId = Utf8(Key.CreativeId),
            Currency = Utf8(Key.Currency),
            Device = Utf8(Key.Device),
            Country = Utf8(Key.Country),
            UserId = Utf8(UserId),
            Ip = Utf8(Ip),
            UserAgent = Utf8(UserAgent),
            Referrer = Utf8(Referrer),
            NonClickReason = NonClickReason,
            Verdict = Verdict,
            OverBudget = OverBudget,
        };
        var buffer = new byte[EventEncoder.MaxLength(view)];
        return buffer[..EventEncoder.Encode(view, buffer)];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
