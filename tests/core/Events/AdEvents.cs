using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Verdicts;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace ClickFuncs.Core.Tests.Events;

/// <summary>Events in the generated Protobuf class, the independent oracle of both encodings.</summary>
internal static class AdEvents
{
    private static readonly string[] Atoms = ["a", "Z", "9", "_", "-", " ", "/", "\"", "\\", "\n", "\t", "\u0001", "\u007f", "<", "é", "中", "\U0001F600"];

    private static readonly Gen<string> Plain = Gen.Choose(1, 99_999).Select(n => "id_" + n);

    private static readonly Gen<string> Strange = Gen.Elements(Atoms).NonEmptyListOf().Resize(12).Select(string.Concat);

    private static readonly Gen<string> Text = Gen.Frequency((3, Plain), (1, Strange));

    private static readonly Gen<string> Optional = Gen.Frequency((1, Gen.Constant("")), (2, Text));

    private static readonly Gen<long> Time = Between(EventLimits.MinEventTimeMs, EventLimits.MaxEventTimeMs - 1);

    // Suspect and invalid have reasons, the others none.
    private static readonly Gen<(VerdictTierKind Tier, ulong Reasons)> Verdicts =
        from tier in Gen.Choose(0, 3)
        from reasons in Gen.Choose(1, 127)
        select ((VerdictTierKind)tier, tier < 2 ? 0UL : (ulong)reasons);

    /// <summary>Events that break no rule, with all fields that have a place in JSON.</summary>
    public static Arbitrary<AdEventMessage> Valid() =>
        (from ids in Gen.ArrayOf(Text, 4)
         from options in Gen.ArrayOf(Optional, 8)
         from time in Time
         from type in Gen.Choose(0, 3)
         from nonClick in Gen.Choose(0, 3)
         from cost in Gen.Frequency((1, Gen.Constant(0L)), (3, Between(1, EventLimits.MaxCostMicros)))
         from verdict in Verdicts
         from isOverBudget in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
         from currency in Gen.Elements("USD", "NOK", "EUR")
         select new AdEventMessage
         {
             ClickId = ids[0],
             AdvertiserId = ids[1],
             CampaignId = ids[2],
             AdId = ids[3],
             AdGroupId = options[0],
             CreativeId = options[1],
             Device = options[2],
             Country = options[3],
             UserId = options[4],
             Ip = options[5],
             UserAgent = options[6],
             Referrer = options[7],
             EventTimeMs = time,
             Type = (EventKind)type,
             NonClickReason = (NonClickReasonKind)nonClick,
             CostMicros = cost,
             Currency = currency,
             VerdictTier = verdict.Tier,
             VerdictReasons = verdict.Reasons,
             OverBudget = isOverBudget,
         }).ToArbitrary();

    /// <summary>Numbers of a range that an int does not hold.</summary>
    public static Gen<long> Between(long first, long last) =>
        from high in Gen.Choose(0, int.MaxValue - 1)
        from low in Gen.Choose(0, int.MaxValue - 1)
        select first + (long)((((ulong)high << 31) | (uint)low) % (ulong)(last - first + 1));

    public static EventView View(AdEventMessage message) => new()
    {
        ClickId = Bytes(message.ClickId),
        EventTimeMs = message.EventTimeMs,
        Type = (EventType)message.Type,
        CostMicros = message.CostMicros,
        AdvertiserId = Bytes(message.AdvertiserId),
        CampaignId = Bytes(message.CampaignId),
        AdGroupId = Bytes(message.AdGroupId),
        AdId = Bytes(message.AdId),
        CreativeId = Bytes(message.CreativeId),
        Currency = Bytes(message.Currency),
        Device = Bytes(message.Device),
        Country = Bytes(message.Country),
        UserId = Bytes(message.UserId),
        Ip = Bytes(message.Ip),
        UserAgent = Bytes(message.UserAgent),
        Referrer = Bytes(message.Referrer),
        NonClickReason = (NonClickReason)message.NonClickReason,
        Verdict = new Verdict((VerdictTier)message.VerdictTier, (VerdictReasons)message.VerdictReasons),
        OverBudget = message.OverBudget,
        RejectedInput = message.RejectedInput.Span,
        RejectedReason = Bytes(message.RejectedReason),
    };

    public static AdEventMessage Message(in EventView view) => new()
    {
        ClickId = String(view.ClickId),
        EventTimeMs = view.EventTimeMs,
        Type = (EventKind)view.Type,
        CostMicros = view.CostMicros,
        AdvertiserId = String(view.AdvertiserId),
        CampaignId = String(view.CampaignId),
        AdGroupId = String(view.AdGroupId),
        AdId = String(view.AdId),
        CreativeId = String(view.CreativeId),
        Currency = String(view.Currency),
        Device = String(view.Device),
        Country = String(view.Country),
        UserId = String(view.UserId),
        Ip = String(view.Ip),
        UserAgent = String(view.UserAgent),
        Referrer = String(view.Referrer),
        NonClickReason = (NonClickReasonKind)view.NonClickReason,
        VerdictTier = (VerdictTierKind)view.Verdict.Tier,
        VerdictReasons = (ulong)view.Verdict.Reasons,
        OverBudget = view.OverBudget,
        RejectedInput = ByteString.CopyFrom(view.RejectedInput),
        RejectedReason = String(view.RejectedReason),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string String(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}
